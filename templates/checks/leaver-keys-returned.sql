-- Nobody leaves with keys: settlement comes after the last one is back.
SELECT leaver.record, 'keys' AS field,
       '钥匙借用登记 ' || loan.record || ' 的钥匙' || loan.key_no || '尚未归还' AS message_zh,
       'Key ' || loan.key_no || ' on sheet ' || loan.record || ' has not been returned' AS message_en,
       'REG-HANDOVER/17' AS breaks
FROM f_offboard AS leaver
JOIN records ON records.record = leaver.record AND records.state IN ('settled', 'closed')
JOIN f_keyloan AS loan ON loan.borrower = leaver.staff
JOIN records AS lent ON lent.record = loan.record AND lent.state = 'lent'
