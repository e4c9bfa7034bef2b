-- Whoever has signed a contract follows it: a contract in force whose delivery is due has its follow-up.
SELECT contract.record, 'delivery_at' AS field,
       '交货日期' || contract.delivery_at || '已过，没有采购进度跟踪表' AS message_zh,
       'Delivery was due on ' || contract.delivery_at || ' and there is no follow-up' AS message_en,
       'REG-PURCHASE/3' AS breaks
FROM f_contract AS contract
JOIN records ON records.record = contract.record AND records.state = 'closed'
WHERE contract.delivery_at < today()
  AND NOT EXISTS (
    SELECT 1 FROM f_purtrack AS track JOIN records AS kept ON kept.record = track.record
    WHERE track.contract = contract.record
      AND kept.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
