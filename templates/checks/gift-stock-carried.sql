-- The stock of gifts that a day begins with is the one that the day before was counted to end with.
WITH days AS (
    SELECT sheet.date, stock.record, stock.gift, stock.opening,
           lag(stock.counted) OVER (PARTITION BY stock.gift ORDER BY sheet.date, stock.record) AS left_over
    FROM f_giftout__stock AS stock
    JOIN f_giftout AS sheet ON sheet.record = stock.record
    JOIN records ON records.record = stock.record
    WHERE records.state = 'closed'
)
SELECT record,
       'stock' AS field,
       gift || '期初' || opening || '件，上次结存' || left_over || '件' AS message_zh,
       gift || ': ' || opening || ' at the start, ' || left_over || ' were left' AS message_en,
       'REG-RETAIL/1' AS breaks
FROM days
WHERE opening <> left_over
