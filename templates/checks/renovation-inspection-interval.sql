-- While a permit runs, from its first day to acceptance or its last day, the unit is inspected within the days allowed
-- after the day before; the permit is reported once (REG-RENOV/8).
WITH inspection AS (
    SELECT sheet.permit, records.day
    FROM f_renovinspect AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), running AS (
    SELECT permit.record, permit.valid_from,
           min(permit.valid_to, today(), coalesce(
               (SELECT min(substr(accepted.at, 1, 10)) FROM f_renovaccept AS accepted
                JOIN records AS sheet ON sheet.record = accepted.record
                WHERE accepted.permit = permit.record AND sheet.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')),
               permit.valid_to)) AS last_day
    FROM f_renovpermit AS permit
    JOIN records ON records.record = permit.record
    WHERE records.state IN ('issued', 'closed')
), mark AS (
    SELECT record, valid_from AS day, last_day FROM running
    UNION
    SELECT running.record, inspection.day, running.last_day
    FROM running
    JOIN inspection ON inspection.permit = running.record AND inspection.day BETWEEN running.valid_from AND running.last_day
), gap AS (
    SELECT record, day, last_day, lead(day, 1, last_day) OVER (PARTITION BY record ORDER BY day) AS next_day,
           param('renov_inspect_days', day) AS allowed
    FROM mark
)
SELECT record,
       'valid_from' AS field,
       min(day) || '之后超过' || allowed || '日没有装修巡查' AS message_zh,
       'No inspection within ' || allowed || ' days after ' || min(day) AS message_en,
       'REG-RENOV/8' AS breaks
FROM gap
WHERE next_day > date(day, '+' || allowed || ' days')
GROUP BY record
