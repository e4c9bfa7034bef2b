-- Each customer of class A in the latest classification has a service plan that runs (REG-SERVICE/20).
WITH latest AS (
    SELECT sheet.record
    FROM f_custclass AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state = 'closed'
    ORDER BY sheet.quarter_from DESC
    LIMIT 1
)
SELECT line.record AS record,
       'customers' AS field,
       'A类客户' || line.customer || '没有执行中的服务方案' AS message_zh,
       'No service plan runs for ' || line.customer || ', a customer of class A' AS message_en,
       'REG-SERVICE/20' AS breaks
FROM f_custclass__customers AS line
JOIN latest ON latest.record = line.record
JOIN records AS classified ON classified.record = line.record
WHERE line.class = 'a'
  AND date(classified.day, '+4 months') < today()
  AND NOT EXISTS (
      SELECT 1
      FROM f_vipplan AS plan
      JOIN records ON records.record = plan.record
      WHERE plan.customer = line.customer
        AND records.state IN ('running', 'closed')
        AND today() < date(plan.year_from, '+1 year')
  )
