-- Nothing leaves the store that is not there. What was there at first is the opening of the first ledger page, and each
-- count corrects the balance from its day on.
WITH page AS (
    SELECT item.item, item.opening, item.counted - (item.opening + item.received - item.issued) AS difference,
           head.month_end, item.record
    FROM f_stockledger__items AS item
    JOIN f_stockledger AS head ON head.record = item.record
    JOIN records ON records.record = item.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), movement (day, rank, record, field, item, qty) AS (
    SELECT date(month_end, 'start of month'), 0, record, 'items', item, opening
    FROM page WHERE month_end = (SELECT min(first.month_end) FROM page AS first WHERE first.item = page.item)
    UNION ALL
    SELECT sheet.date, 1, item.record, 'items', item.item, item.qty
    FROM f_stockin__items AS item JOIN f_stockin AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('stored', 'confirmed', 'closed')
    UNION ALL
    SELECT sheet.date, 2, item.record, 'items', item.item, -item.qty
    FROM f_stockout__items AS item JOIN f_stockout AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('fulfilled', 'closed')
    UNION ALL
    SELECT month_end, 3, record, 'items', item, difference FROM page
), balance AS (
    SELECT record, field, day, rank, item, qty,
           sum(qty) OVER (PARTITION BY item ORDER BY day, rank, record ROWS UNBOUNDED PRECEDING) AS on_hand
    FROM movement
)
SELECT record, field, item || '出库' || -qty || '，库存只有' || round(on_hand - qty, 3) AS message_zh,
       -qty || ' of ' || item || ' went out, ' || round(on_hand - qty, 3) || ' were there' AS message_en,
       'REG-PURCHASE/6' AS breaks
FROM balance
WHERE rank = 2 AND on_hand < -0.0005
