-- From a certain amount goods are bought only after a comparison of quotations has been agreed (REG-UNIFORM/3).
WITH total AS (
  SELECT record, SUM(qty * unit_price) AS amount FROM f_uniplan__items GROUP BY record
)
SELECT
  a.record AS record,
  'plan' AS field,
  '计划 ' || a."plan" || ' 金额' || printf('%.2f', t.amount) || '元，没有审核通过的询价比价议价记录' AS message_zh,
  'Plan ' || a."plan" || ' amounts to ' || printf('%.2f', t.amount) || ' and has no agreed quotation comparison'
    AS message_en,
  'REG-UNIFORM/3' AS breaks
FROM f_uniaccept AS a
JOIN records AS r ON r.record = a.record
JOIN total AS t ON t.record = a."plan"
WHERE
  r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
  AND t.amount >= CAST(param('quotes_from', r.day) AS REAL)
  AND NOT EXISTS (
    SELECT 1
    FROM f_quote AS q JOIN records AS s ON s.record = q.record
    WHERE q.purchase = a."plan" AND s.state IN ('approved', 'closed')
  )
ORDER BY a.record;
