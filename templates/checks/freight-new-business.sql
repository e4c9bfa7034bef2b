-- New business is taken only on an approved handover sheet of the same customer, for the kind of business ordered.
SELECT orders.record AS record,
       'cs_handover' AS field,
       '受理时客户服务交接表' || sheet.record || '审批不全或者与本单不符' AS message_zh,
       'Handover sheet ' || sheet.record || ' was not fully approved, or is not for this order' AS message_en,
       'REG-LOG/7' AS breaks
FROM f_orderin AS orders
JOIN records ON records.record = orders.record
JOIN f_cshandoversheet AS sheet ON sheet.record = orders.cs_handover
JOIN records AS kept ON kept.record = sheet.record
WHERE records.state IN ('in_progress', 'resolved', 'closed')
  AND (kept.state NOT IN ('approved', 'closed') OR sheet.customer <> orders.customer
       OR (sheet.business <> 'both' AND orders.business <> 'transport' AND sheet.business <> orders.business)
       OR julianday(sheet.approved_at) > julianday(orders.accepted_at))
