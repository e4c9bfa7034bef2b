-- While monetary penalties are on, who was late for or stayed away from the morning meeting has a decision on it
-- by the end of the time in which one is due.
SELECT missed.record AS record,
       'present' AS field,
       missed.staff || '晨会迟到或者没有参加，没有处理决定' AS message_zh,
       missed.staff || ' was late for the morning meeting or did not join, and nothing was decided about it' AS message_en,
       'REG-MEETING/1' AS breaks
FROM f_meeting__present AS missed
JOIN f_meeting AS meeting ON meeting.record = missed.record AND meeting.type = 'morning'
JOIN records ON records.record = meeting.record AND records.state = 'closed'
WHERE param('fines_enabled', records.day) = 1
  AND date(records.day, '+' || param('penalty_days', records.day) || ' days') < today()
  AND (missed.attendance = 'absent' OR missed.late_min > 0 OR missed.participated = 0)
  AND NOT EXISTS (
      SELECT 1 FROM f_penalty AS penalty
      JOIN records AS decided ON decided.record = penalty.record
          AND decided.state IN ('decided', 'approved', 'notified', 'closed', 'revoked')
      WHERE penalty.staff = missed.staff AND penalty.evidence = missed.record AND penalty.violation = 'meeting')
