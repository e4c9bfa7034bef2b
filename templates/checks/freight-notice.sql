-- The notice on dangerous goods that an order names was given to that very customer and signed before the order went on.
SELECT orders.record AS record,
       'dgnotice' AS field,
       CASE WHEN notice.customer <> orders.customer THEN '通知函' || notice.record || '不是该客户签署的'
            ELSE '通知函' || notice.record || '在确认受理时尚未由客户签署' END AS message_zh,
       CASE WHEN notice.customer <> orders.customer THEN 'Notice ' || notice.record || ' was signed by another customer'
            ELSE 'Notice ' || notice.record || ' was not signed when the order was confirmed' END AS message_en,
       'REG-LOG/5' AS breaks
FROM f_orderin AS orders
JOIN records ON records.record = orders.record
JOIN f_dgnotice AS notice ON notice.record = orders.dgnotice
JOIN records AS kept ON kept.record = notice.record
WHERE records.state IN ('in_progress', 'resolved', 'closed')
  AND (notice.customer <> orders.customer OR kept.state <> 'closed'
       OR julianday(notice.signed_at) > julianday(orders.accepted_at))
