-- In every month that is over, each person has done as many personalised services as the highest target set for the month;
-- the last order of the month is reported (REG-PROP/6).
SELECT max(service.record) AS record,
       'target_count' AS field,
       service.provider || '在' || substr(records.day, 1, 7) || '完成' || sum(records.state IN ('done', 'closed')) || '户项，目标'
         || max(service.target_count) || '户项' AS message_zh,
       service.provider || ' did ' || sum(records.state IN ('done', 'closed')) || ' personalised services in '
         || substr(records.day, 1, 7) || ', ' || max(service.target_count) || ' were set' AS message_en,
       'REG-PROP/6' AS breaks
FROM f_specialsvc AS service
JOIN records ON records.record = service.record
WHERE service.kind = 'personal' AND service.target_count IS NOT NULL
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND substr(records.day, 1, 7) < substr(today(), 1, 7)
GROUP BY service.provider, substr(records.day, 1, 7)
HAVING sum(records.state IN ('done', 'closed')) < max(service.target_count)
