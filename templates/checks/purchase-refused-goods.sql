-- Goods go back in the quantity that acceptance refused, line by line.
WITH returned AS (
    SELECT item.record, item."no", item.item, item.qty, refused.arrived - refused.accepted AS refused
    FROM f_reject__items AS item
    JOIN records ON records.record = item.record
    JOIN f_reject AS head ON head.record = item.record
    LEFT JOIN f_accept__items AS refused ON refused.record = head.accept AND refused."no" = item."no"
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record, 'items' AS field,
       '第' || "no" || '项' || item || '退换' || qty || '，验收不合格' || coalesce(refused, 0) AS message_zh,
       'Line ' || "no" || ', ' || item || ': ' || qty || ' sent back, ' || coalesce(refused, 0) || ' refused at acceptance'
         AS message_en,
       'REG-PURCHASE/4' AS breaks
FROM returned
WHERE refused IS NULL OR abs(qty - refused) > 0.0005
