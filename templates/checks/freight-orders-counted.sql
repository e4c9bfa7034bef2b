-- Whoever ordered by fax on a day has the number of that day's orders compared, and our number is the one on record. A day is
-- allowed for the comparison; "now" is the newest record of the workspace.
WITH faxed AS (
    SELECT orders.customer, substr(orders.received_at, 1, 10) AS day, min(orders.record) AS record, count(*) AS orders
    FROM f_orderin AS orders
    JOIN records ON records.record = orders.record
    WHERE orders.channel = 'fax' AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    GROUP BY orders.customer, substr(orders.received_at, 1, 10)
), counted AS (
    SELECT sheet.record, sheet.customer, sheet.date, sheet.ours, sheet.added_count
    FROM f_ordercount AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT faxed.record AS record,
       'channel' AS field,
       '客户' || faxed.customer || '当日传真' || faxed.orders || '单，没有核对单数' AS message_zh,
       faxed.orders || ' faxed orders of ' || faxed.customer || ' that day were not compared with the customer' AS message_en,
       'REG-LOG/4' AS breaks
FROM faxed
WHERE (SELECT max(datetime(created_at)) FROM records) > datetime(faxed.day, '+2 days')
  AND NOT EXISTS (SELECT 1 FROM counted WHERE counted.customer = faxed.customer AND counted.date = faxed.day)
UNION ALL
SELECT counted.record,
       'ours',
       '我方单数' || counted.ours || '、补录' || counted.added_count || '，受理单为' || coalesce(faxed.orders, 0) || '单',
       'We counted ' || counted.ours || ' and added ' || counted.added_count || '; ' || coalesce(faxed.orders, 0) || ' are on record',
       'REG-LOG/4'
FROM counted
LEFT JOIN faxed ON faxed.customer = counted.customer AND faxed.day = counted.date
WHERE counted.ours + counted.added_count <> coalesce(faxed.orders, 0)
