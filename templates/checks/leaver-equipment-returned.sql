-- Nobody leaves with equipment on loan: settlement comes after the last piece is back.
SELECT leaver.record, 'assets' AS field,
       '设备出借单 ' || loan.record || ' 的' || loan.item || '尚未归还' AS message_zh,
       loan.item || ' on sheet ' || loan.record || ' has not been returned' AS message_en,
       'REG-HANDOVER/17' AS breaks
FROM f_offboard AS leaver
JOIN records ON records.record = leaver.record AND records.state IN ('settled', 'closed')
JOIN f_equiplend AS loan ON loan.borrower = leaver.staff
JOIN records AS lent ON lent.record = loan.record AND lent.state = 'lent'
