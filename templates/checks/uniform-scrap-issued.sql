-- What staff scrap was issued to them on the day they give, and no piece is scrapped twice (REG-UNIFORM/10).
WITH
scrapped AS (
  SELECT
    s.record, s.staff, x.item, x.issued,
    SUM(x.qty) OVER (
      PARTITION BY s.staff, x.item, x.issued ORDER BY r.day, s.record, x."row" ROWS UNBOUNDED PRECEDING
    ) AS qty
  FROM f_uniscrap AS s
  JOIN f_uniscrap__items AS x ON x.record = s.record
  JOIN records AS r ON r.record = s.record
  WHERE s.source = 'in_use' AND r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
),
issued AS (
  SELECT i.receiver, i.item, i.date, SUM(i.qty) AS qty
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
  GROUP BY i.receiver, i.item, i.date
)
SELECT
  s.record AS record,
  'items' AS field,
  CASE
    WHEN i.qty IS NULL THEN '发放记录中没有 ' || s.issued || ' 发给该员工的这款制服'
    ELSE s.issued || ' 发放' || i.qty || '件，累计报废' || s.qty || '件，有重复报废'
  END AS message_zh,
  CASE
    WHEN i.qty IS NULL THEN 'The issue register shows no such item issued to this person on ' || s.issued
    ELSE i.qty || ' pieces were issued on ' || s.issued || ', but ' || s.qty || ' are scrapped: some of them twice'
  END AS message_en,
  'REG-UNIFORM/10' AS breaks
FROM scrapped AS s
LEFT JOIN issued AS i ON i.receiver = s.staff AND i.item = s.item AND i.date = s.issued
WHERE s.issued IS NOT NULL AND s.qty > COALESCE(i.qty, 0)
ORDER BY s.record;
