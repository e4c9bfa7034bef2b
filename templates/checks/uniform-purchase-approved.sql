-- The purchase begins after the company leader has approved the plan (REG-UNIFORM/3).
WITH purchase (record, field, "plan") AS (
  SELECT q.record, 'purchase', q.purchase FROM f_quote AS q
  UNION ALL
  SELECT a.record, 'plan', a."plan" FROM f_uniaccept AS a
)
SELECT
  p.record AS record,
  p.field AS field,
  '采购计划 ' || p."plan" || ' 尚未经公司领导批准，或者已经失效' AS message_zh,
  'Plan ' || p."plan" || ' is not approved by the company leader, or no longer valid' AS message_en,
  'REG-UNIFORM/3' AS breaks
FROM purchase AS p
JOIN records AS r ON r.record = p.record
JOIN records AS n ON n.record = p."plan"
WHERE
  r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
  AND n.form = 'F-UNIPLAN' AND n.state NOT IN ('approved', 'closed')
ORDER BY p.record;
