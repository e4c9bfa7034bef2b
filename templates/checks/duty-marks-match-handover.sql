-- The marks in the duty log are those of people who handed over or took over at the end of that shift.
-- Judged only where the shift has a handover log at all: a missing one is the business of the obligation.
SELECT mark.record AS record,
       'handover_marks' AS field,
       '签注人' || mark.staff_no || '与当班交接班记录的' || CASE mark.direction WHEN 'out' THEN '交班人' ELSE '接班人' END || '不符' AS message_zh,
       mark.staff_no || ' marked the log but is not the '
         || CASE mark.direction WHEN 'out' THEN 'outgoing' ELSE 'incoming' END || ' side of any handover of this shift' AS message_en,
       'REG-HANDOVER/9' AS breaks
FROM f_dutylog AS log
JOIN records AS duty ON duty.record = log.record AND duty.state NOT IN ('void', 'withdrawn', 'rejected', 'returned')
JOIN f_dutylog__handover_marks AS mark ON mark.record = log.record
WHERE EXISTS (
        SELECT 1 FROM f_handover AS handover
        JOIN records ON records.record = handover.record
        WHERE handover.shift_date = log.duty_date AND handover.shift_out = log.shift
          AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
  AND NOT EXISTS (
        SELECT 1 FROM f_handover AS handover
        JOIN records ON records.record = handover.record
        WHERE handover.shift_date = log.duty_date AND handover.shift_out = log.shift
          AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
          AND mark.staff_no = CASE mark.direction WHEN 'out' THEN handover.out_staff ELSE handover.in_staff END)
