-- The stock of uniforms never falls below zero (REG-UNIFORM/16). Within a day what comes in counts first.
WITH
balance AS (
  SELECT
    record, day, item, qty,
    SUM(qty) OVER (
      PARTITION BY item ORDER BY day, kind IN ('issued', 'scrapped'), record, line ROWS UNBOUNDED PRECEDING
    ) AS on_hand
  FROM q_uniform_moved
)
SELECT
  b.record AS record,
  'items' AS field,
  b.day || ' 出库' || (-b.qty) || '件' || g.zh || '时，库存只有' || MAX(0, b.on_hand - b.qty) || '件' AS message_zh,
  (-b.qty) || ' ' || g.en || ' left the stock on ' || b.day || ', which held ' || MAX(0, b.on_hand - b.qty) AS message_en,
  'REG-UNIFORM/16' AS breaks
FROM balance AS b JOIN q_garments AS g ON g.item = b.item
WHERE b.qty < 0 AND b.on_hand < 0
ORDER BY b.day, b.record;
