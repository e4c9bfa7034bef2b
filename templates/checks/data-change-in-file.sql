-- What a check of the file calls changed is a change sheet of that very customer, and it was carried out (REG-CUSTOMER/4).
SELECT line.record AS record,
       'checks' AS field,
       '第' || line."no" || '次核对所引的' || line.change || CASE WHEN change.customer = file.cust_no THEN '尚未执行' ELSE '不是本客户的变更单' END AS message_zh,
       'Check ' || line."no" || ' cites ' || line.change || CASE WHEN change.customer = file.cust_no THEN ', which is not carried out'
         ELSE ', a change of another customer' END AS message_en,
       'REG-CUSTOMER/4' AS breaks
FROM f_custfile__checks AS line
JOIN f_custfile AS file ON file.record = line.record
JOIN f_datachange AS change ON change.record = line.change
JOIN records AS filed ON filed.record = file.record
JOIN records AS changed ON changed.record = change.record
WHERE filed.state IN ('active', 'dormant', 'closed')
  AND (change.customer <> file.cust_no OR changed.state <> 'closed')
