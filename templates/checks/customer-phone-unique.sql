-- One phone number, one customer: two live files with the same digits are one customer twice, or a slip (REG-CUSTOMER/1).
WITH live AS (
    SELECT file.record, file.cust_no, replace(replace(replace(replace(file.phone, ' ', ''), '-', ''), '(', ''), ')', '') AS phone
    FROM f_custfile AS file
    JOIN records ON records.record = file.record
    WHERE records.state IN ('active', 'dormant')
)
SELECT later.record AS record,
       'phone' AS field,
       '联系电话与' || earlier.record || '相同' AS message_zh,
       'The phone number is that of ' || earlier.record || ' as well' AS message_en,
       'REG-CUSTOMER/1' AS breaks
FROM live AS later
JOIN live AS earlier ON earlier.phone = later.phone AND earlier.record < later.record
