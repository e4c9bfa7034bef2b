-- Who covers for a person on leave must not be on leave at that time.
SELECT leave.record AS record,
       'cover_by' AS field,
       '顶岗人' || leave.cover_by || '同时也在休假（' || cover.record || '）' AS message_zh,
       leave.cover_by || ' covers but is on leave at that time (' || cover.record || ')' AS message_en,
       'REG-ATTEND/8' AS breaks
FROM f_leave AS leave
JOIN records AS own ON own.record = leave.record AND own.state IN ('granted', 'on_leave', 'closed')
JOIN f_leave AS cover ON cover.staff = leave.cover_by
    AND julianday(cover.from_at) < julianday(leave.to_at) AND julianday(cover.to_at) > julianday(leave.from_at)
JOIN records AS other ON other.record = cover.record AND other.state IN ('granted', 'on_leave', 'closed')
