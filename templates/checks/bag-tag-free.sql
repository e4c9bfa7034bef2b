-- A tag is given out again only after the bag that it stood for was collected.
WITH turns AS (
    SELECT bag.record, bag."no", bag.tag, bag.in_at,
           lag(bag."no") OVER in_turn AS earlier, lag(bag.out_at) OVER in_turn AS collected_at
    FROM f_bagdeposit__rows AS bag
    JOIN records ON records.record = bag.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    WINDOW in_turn AS (PARTITION BY bag.record, bag.tag ORDER BY bag.in_at, bag."row")
)
SELECT record,
       'rows' AS field,
       '第' || earlier || '件领取之前，牌号' || tag || '又用于第' || "no" || '件' AS message_zh,
       'Tag ' || tag || ' was used for bag ' || "no" || ' before bag ' || earlier || ' was collected' AS message_en,
       'REG-RETAIL/1' AS breaks
FROM turns
WHERE earlier IS NOT NULL AND (collected_at IS NULL OR julianday(collected_at) > julianday(in_at))
