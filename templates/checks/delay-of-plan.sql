-- What a plan of the day left undone is covered by a delay about that very line or its task, granted once it is decided.
SELECT result.record AS record,
       'results' AS field,
       '第' || result.no || '项所附的' || delay.record || CASE
           WHEN own.state IN ('rejected', 'returned', 'withdrawn', 'void') THEN '没有获得批准'
           ELSE '不是关于这一项的' END AS message_zh,
       delay.record || ', given for item ' || result.no || ', ' || CASE
           WHEN own.state IN ('rejected', 'returned', 'withdrawn', 'void') THEN 'was not granted'
           ELSE 'is about something else' END AS message_en,
       'REG-TASK/5' AS breaks
FROM f_dayplan__results AS result
JOIN records ON records.record = result.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_delay AS delay ON delay.record = result.delay
JOIN records AS own ON own.record = delay.record
LEFT JOIN f_dayplan__plan AS planned ON planned.record = result.record AND planned.no = result.no
WHERE own.state IN ('rejected', 'returned', 'withdrawn', 'void')
   OR (delay.task <> result.record || '#' || result.no AND delay.task IS NOT planned.task)
