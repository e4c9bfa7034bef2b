-- The ledger of a month repeats the sheets of the month and begins with what was counted at the end of the last.
WITH moved (month, item, received, issued) AS (
    SELECT substr(sheet.date, 1, 7), item.item, item.qty, 0
    FROM f_stockin__items AS item JOIN f_stockin AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('stored', 'confirmed', 'closed')
    UNION ALL
    SELECT substr(sheet.date, 1, 7), item.item, 0, item.qty
    FROM f_stockout__items AS item JOIN f_stockout AS sheet ON sheet.record = item.record
    JOIN records ON records.record = item.record AND records.state IN ('fulfilled', 'closed')
), page AS (
    SELECT head.record, substr(head.month_end, 1, 7) AS month, head.month_end
    FROM f_stockledger AS head
    JOIN records ON records.record = head.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), line AS (
    SELECT page.record, page.month, item.item, item.opening, item.received, item.issued,
           coalesce((SELECT sum(received) FROM moved WHERE moved.month = page.month AND moved.item = item.item), 0) AS came,
           coalesce((SELECT sum(issued) FROM moved WHERE moved.month = page.month AND moved.item = item.item), 0) AS went,
           (SELECT before.counted FROM f_stockledger__items AS before JOIN page AS earlier ON earlier.record = before.record
            WHERE before.item = item.item AND earlier.month < page.month ORDER BY earlier.month DESC LIMIT 1) AS last_count
    FROM page JOIN f_stockledger__items AS item ON item.record = page.record
)
SELECT record, 'items' AS field, item || '的单据：入' || came || '、出' || went || '；台账：入' || received || '、出' || issued
         AS message_zh,
       item || ' by the sheets: ' || came || ' in, ' || went || ' out; in the ledger: ' || received || ' in, ' || issued || ' out'
         AS message_en,
       'REG-PURCHASE/6' AS breaks
FROM line WHERE abs(came - received) > 0.0005 OR abs(went - issued) > 0.0005
UNION ALL
SELECT record, 'items', item || '上次实盘' || last_count || '，本月期初' || opening,
       item || ': ' || last_count || ' counted last, opening ' || opening, 'REG-PURCHASE/6'
FROM line WHERE abs(last_count - opening) > 0.0005
UNION ALL
SELECT page.record, 'items', moved.item || '本月有收发，台账没有列入', moved.item || ' moved in the month and is not in the ledger',
       'REG-PURCHASE/6'
FROM page JOIN moved ON moved.month = page.month
WHERE NOT EXISTS (SELECT 1 FROM f_stockledger__items AS item WHERE item.record = page.record AND item.item = moved.item)
GROUP BY page.record, moved.item
