-- Nothing leaves the store that is not there. What was there at first is the opening of the first ledger page, each count
-- corrects the balance from its day on, and what entered the ledger later began with nothing. Nothing is judged of the time
-- before the first page, when nobody had counted yet.
WITH page AS (
    SELECT item.item, item.opening, item.counted - (item.opening + item.received - item.issued) AS difference,
           head.month_end, item.record
    FROM f_stockledger__items AS item
    JOIN f_stockledger AS head ON head.record = item.record
    JOIN records ON records.record = item.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), start AS (
    SELECT date(min(month_end), 'start of month') AS day FROM page
), movement (day, rank, record, item, qty) AS (
    SELECT date(month_end, 'start of month'), 0, record, item, opening
    FROM page WHERE month_end = (SELECT min(month_end) FROM page)
    UNION ALL
    SELECT sheet.date, 1, item.record, item.item, item.qty
    FROM f_stockin__items AS item JOIN f_stockin AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('stored', 'confirmed', 'closed')
    UNION ALL
    SELECT sheet.date, 2, item.record, item.item, -item.qty
    FROM f_stockout__items AS item JOIN f_stockout AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('fulfilled', 'closed')
    UNION ALL
    SELECT month_end, 3, record, item, difference FROM page
), balance AS (
    SELECT record, rank, item, qty,
           sum(qty) OVER (PARTITION BY item ORDER BY movement.day, rank, record ROWS UNBOUNDED PRECEDING) AS on_hand
    FROM movement JOIN start ON movement.day >= start.day
)
SELECT record, 'items' AS field, item || '出库' || -qty || '，库存只有' || round(on_hand - qty, 3) AS message_zh,
       -qty || ' of ' || item || ' went out, ' || round(on_hand - qty, 3) || ' were there' AS message_en,
       'REG-PURCHASE/6' AS breaks
FROM balance
WHERE rank = 2 AND on_hand < -0.0005
