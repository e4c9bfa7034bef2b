-- No more is bought than the approved plan allows, all deliveries of a plan together (REG-UNIFORM/3).
WITH
planned AS (
  SELECT record, item, SUM(qty) AS qty FROM f_uniplan__items GROUP BY record, item
),
delivered AS (
  SELECT
    a.record, a."plan", x.item,
    SUM(x.accepted) OVER (
      PARTITION BY a."plan", x.item ORDER BY r.day, a.record, x."row" ROWS UNBOUNDED PRECEDING
    ) AS qty
  FROM f_uniaccept AS a
  JOIN f_uniaccept__items AS x ON x.record = a.record
  JOIN records AS r ON r.record = a.record
  WHERE r.state IN ('done', 'rectifying', 'verified', 'closed')
)
SELECT
  d.record AS record,
  'items' AS field,
  g.zh || '累计入库' || d.qty || '件，计划 ' || d."plan" || ' 只有' || COALESCE(p.qty, 0) || '件' AS message_zh,
  d.qty || ' ' || g.en || ' accepted so far; plan ' || d."plan" || ' allows ' || COALESCE(p.qty, 0) AS message_en,
  'REG-UNIFORM/3' AS breaks
FROM delivered AS d
JOIN q_garments AS g ON g.item = d.item
LEFT JOIN planned AS p ON p.record = d."plan" AND p.item = d.item
WHERE d.qty > COALESCE(p.qty, 0)
ORDER BY d.record, d.item;
