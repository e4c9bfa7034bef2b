-- All returns of an order together take back no more of an article than it had, and a return sheet names what was ordered.
-- A return names the order by its record or by its number in the shop system; a till receipt of a shop names none.
WITH returned AS (
    SELECT sheet.record, orders.record AS ordered_on, goods."row", goods.sku,
           sum(goods.qty) OVER (PARTITION BY orders.record, goods.sku ORDER BY sheet.record, goods."row") AS so_far
    FROM f_return__goods AS goods
    JOIN f_return AS sheet ON sheet.record = goods.record
    JOIN records ON records.record = sheet.record
    JOIN f_order AS orders ON sheet."order" IN (orders.record, orders.order_no)
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), compared AS (
    SELECT returned.record, returned.sku, returned.so_far,
           (SELECT coalesce(sum(item.qty), 0) FROM f_order__items AS item
            WHERE item.record = returned.ordered_on AND item.sku = returned.sku) AS ordered
    FROM returned
)
SELECT record,
       'goods' AS field,
       sku || '累计退换' || so_far || '件，该订单只有' || ordered || '件' AS message_zh,
       sku || ': ' || so_far || ' taken back in all, the order had ' || ordered AS message_en,
       'REG-ECOM/5' AS breaks
FROM compared
WHERE so_far > ordered
