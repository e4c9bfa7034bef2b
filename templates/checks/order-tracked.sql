-- Every shipped order is followed on a tracking sheet that names the same waybill. A day is allowed for writing the sheet;
-- "now" is the newest record of the workspace, so that the same files always give the same answer.
WITH shipped AS (
    SELECT orders.record, orders.shipped_at, orders.tracking
    FROM f_order AS orders
    JOIN records ON records.record = orders.record
    WHERE records.state IN ('shipped', 'arrived', 'received', 'closed', 'returned_goods')
), sheets AS (
    SELECT sheet.record, sheet."order", sheet.tracking
    FROM f_shiptrack AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'shipped_at' AS field,
       '发货后没有建立发货到货跟踪单' AS message_zh,
       'Shipped, and nobody follows the goods on a tracking sheet' AS message_en,
       'REG-ECOM/1' AS breaks
FROM shipped
WHERE julianday((SELECT max(datetime(created_at)) FROM records)) > julianday(shipped_at) + 1
  AND NOT EXISTS (SELECT 1 FROM sheets WHERE sheets."order" = shipped.record)
UNION ALL
SELECT sheets.record,
       'tracking',
       '运单号' || sheets.tracking || '与订单上的' || shipped.tracking || '不一致',
       'Waybill ' || sheets.tracking || ' is not the one on the order, ' || shipped.tracking,
       'REG-ECOM/4'
FROM sheets
JOIN shipped ON shipped.record = sheets."order"
WHERE sheets.tracking <> shipped.tracking
  AND NOT EXISTS (SELECT 1 FROM sheets AS other WHERE other."order" = shipped.record AND other.tracking = shipped.tracking)
