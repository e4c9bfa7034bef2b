-- A visit that ended in an order is followed on a synchronisation sheet. A day is allowed for it; "now" is the newest record.
SELECT visit.record AS record,
       'outcome' AS field,
       '客户已经订车，没有订单同步单' AS message_zh,
       'The customer ordered, and there is no synchronisation sheet' AS message_en,
       'REG-LEAD/2' AS breaks
FROM f_storehandover AS visit
JOIN records ON records.record = visit.record
WHERE visit.outcome = 'ordered'
  AND records.state = 'closed'
  AND (SELECT max(julianday(created_at)) FROM records) > julianday(visit.followed_at) + 1
  AND NOT EXISTS (
    SELECT 1 FROM f_leadsync AS sheet
    JOIN records AS kept ON kept.record = sheet.record
    WHERE sheet.customer = visit.customer AND sheet.dms_order_at >= visit.at
      AND kept.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
