-- Stock on hand = accepted - issued + returned - scrapped, and it never falls below zero (REG-UNIFORM/16).
-- What staff hand in to be scrapped comes back and goes out at once, so only stock that is scrapped counts here.
WITH
garment (item, zh, en) AS (
  VALUES
    ('top', '上衣', 'tops'), ('trousers', '裤', 'trousers'), ('skirt', '裙', 'skirts'),
    ('tie', '领带', 'ties'), ('scarf', '丝巾', 'scarves'), ('badge', '工牌', 'badges')
),
movement (day, outgoing, record, line, item, qty) AS (
  SELECT r.day, 0, a.record, 0, a.item, a.accepted
  FROM f_uniaccept__items AS a JOIN records AS r ON r.record = a.record
  WHERE r.state IN ('done', 'rectifying', 'verified', 'closed')
  UNION ALL
  SELECT r.day, 0, b.record, 0, b.item, b.returned
  FROM f_unireturn__items AS b JOIN records AS r ON r.record = b.record
  WHERE r.state IN ('fulfilled', 'closed')
  UNION ALL
  SELECT i.date, 1, i.record, CAST(i."no" AS INTEGER), i.item, -i.qty
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
  UNION ALL
  SELECT substr(s.disposed_at, 1, 10), 1, x.record, 0, x.item, -x.qty
  FROM f_uniscrap__items AS x JOIN f_uniscrap AS s ON s.record = x.record JOIN records AS r ON r.record = x.record
  WHERE s.source = 'stock' AND r.state = 'closed'
),
balance AS (
  SELECT
    record, day, item, qty,
    SUM(qty) OVER (
      PARTITION BY item ORDER BY day, outgoing, record, line ROWS UNBOUNDED PRECEDING
    ) AS on_hand
  FROM movement
)
SELECT
  b.record AS record,
  'items' AS field,
  b.day || ' 出库' || (-b.qty) || '件' || g.zh || '时，库存只有' || MAX(0, b.on_hand - b.qty) || '件' AS message_zh,
  (-b.qty) || ' ' || g.en || ' left the stock on ' || b.day || ', which held ' || MAX(0, b.on_hand - b.qty) AS message_en,
  'REG-UNIFORM/16' AS breaks
FROM balance AS b JOIN garment AS g ON g.item = b.item
WHERE b.qty < 0 AND b.on_hand < 0
ORDER BY b.day, b.record;
