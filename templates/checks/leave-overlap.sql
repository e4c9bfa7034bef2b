-- No more people of one team are on leave at the same moment than allowed; it is the leave granted last that is one too many.
-- People who name the same direct leader are one team. A leave that is over counts until the return.
-- Leave due by law takes a place but is never the one too many.
WITH granted AS (
    SELECT leave.record, leave.staff, leave.direct_leader, leave.as_of_right, leave.granted_at, records.day,
           julianday(leave.from_at) AS begins,
           min(julianday(leave.to_at), coalesce(julianday(leave.returned_at), julianday(leave.to_at))) AS ends
    FROM f_leave AS leave
    JOIN records ON records.record = leave.record
    WHERE records.state IN ('granted', 'on_leave', 'closed')
), pairs AS (
    SELECT last.record, last.day, earlier.staff, earlier.begins, earlier.ends, max(last.begins, earlier.begins) AS moment
    FROM granted AS last
    JOIN granted AS earlier ON earlier.direct_leader = last.direct_leader
        AND (julianday(earlier.granted_at), earlier.record) <= (julianday(last.granted_at), last.record)
        AND earlier.begins < last.ends AND earlier.ends > last.begins
    WHERE NOT coalesce(last.as_of_right, 0)
), away AS (
    SELECT at.record, at.day, at.moment, count(DISTINCT present.staff) AS people
    FROM pairs AS at
    JOIN pairs AS present ON present.record = at.record AND present.begins <= at.moment AND present.ends > at.moment
    GROUP BY at.record, at.day, at.moment
)
SELECT record,
       'from_at' AS field,
       '同一班组同时请假' || max(people) || '人，最多' || param('leave_max_overlap', day) || '人' AS message_zh,
       max(people) || ' people of the team are on leave at once, ' || param('leave_max_overlap', day) || ' allowed' AS message_en,
       'REG-ATTEND/8' AS breaks
FROM away
GROUP BY record, day
HAVING max(people) > param('leave_max_overlap', day)
