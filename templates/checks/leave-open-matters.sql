-- A leave that was granted with "nothing open" must not leave behind a matter that was open then and still is; leave due by
-- law does not depend on it.
WITH held AS (
    SELECT record, owner AS holder, opened_at AS since FROM f_case
    UNION ALL SELECT record, agent, received_at FROM f_complaint
    UNION ALL SELECT record, receiver, issued_at FROM f_task
)
SELECT leave.record AS record,
       'open_tasks' AS field,
       leave.staff || '准假时' || held.record || '尚未办结，请假条上写的未办结事项数为零' AS message_zh,
       held.record || ' of ' || leave.staff || ' was open when the leave was granted, but the slip says nothing was' AS message_en,
       'REG-ATTEND/9' AS breaks
FROM f_leave AS leave
JOIN records AS own ON own.record = leave.record AND own.state IN ('granted', 'on_leave', 'closed')
JOIN held ON held.holder = leave.staff AND julianday(held.since) < julianday(leave.granted_at)
JOIN records AS matter ON matter.record = held.record AND matter.final = 0
WHERE leave.open_tasks = 0 AND NOT coalesce(leave.as_of_right, 0)
