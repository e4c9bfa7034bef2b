-- What is agreed with suppliers stays, all quotations of a plan together, within the approved budget (REG-UNIFORM/3).
WITH
deal AS (
  SELECT q.record, q.purchase, r.day, COALESCE(o.negotiated, o.quote) AS amount
  FROM f_quote AS q
  JOIN f_quote__quotes AS o ON o.record = q.record AND o."no" = q.chosen
  JOIN records AS r ON r.record = q.record
  WHERE r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
),
running AS (
  SELECT
    record, purchase,
    SUM(amount) OVER (PARTITION BY purchase ORDER BY day, record ROWS UNBOUNDED PRECEDING) AS amount
  FROM deal
)
SELECT
  d.record AS record,
  'chosen' AS field,
  '计划 ' || d.purchase || ' 累计成交' || printf('%.2f', d.amount) || '元，超过预算' || printf('%.2f', p.budget) || '元'
    AS message_zh,
  'Plan ' || d.purchase || ': ' || printf('%.2f', d.amount) || ' agreed so far, more than the budget of '
    || printf('%.2f', p.budget) AS message_en,
  'REG-UNIFORM/3' AS breaks
FROM running AS d JOIN f_uniplan AS p ON p.record = d.purchase
WHERE d.amount > p.budget + 0.005
ORDER BY d.record;
