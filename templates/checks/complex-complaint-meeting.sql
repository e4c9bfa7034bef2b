-- Since 9 November 2026, when minutes began to be kept, departments meet on a complex complaint before the department
-- responsible gives its reply.
SELECT complaint.record AS record,
       'complex' AS field,
       '情况复杂的投诉，部门回复之前没有会商的会议纪要' AS message_zh,
       'A complex complaint was answered without minutes of a meeting of the departments' AS message_en,
       'REG-COMPLAINT/3' AS breaks
FROM f_complaint AS complaint
JOIN records ON records.record = complaint.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
WHERE complaint.complex = 1 AND records.day >= '2026-11-09' AND complaint.dept_reply_at IS NOT NULL
  AND NOT EXISTS (
      SELECT 1 FROM f_meeting AS minutes
      JOIN records AS own ON own.record = minutes.record
          AND own.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
      WHERE minutes.complaint = complaint.record
        AND julianday(minutes.start) <= julianday(complaint.dept_reply_at))
