-- The key of a viewing was lent to whoever accompanied the visitor, for a viewing and no later than it began (REG-RECEPTION/5).
SELECT viewing.record AS record,
       'key' AS field,
       CASE WHEN loan.borrower <> viewing.staff THEN '钥匙由' || loan.borrower || '借用，不是接待人' || viewing.staff
            WHEN loan.purpose <> 'viewing' THEN '钥匙借用登记的用途不是看房'
            ELSE '领出钥匙晚于开始看房' END AS message_zh,
       CASE WHEN loan.borrower <> viewing.staff THEN 'The key was lent to ' || loan.borrower || ', not to ' || viewing.staff
            WHEN loan.purpose <> 'viewing' THEN 'The key was lent for something else'
            ELSE 'The key was taken after the viewing had begun' END AS message_en,
       'REG-RECEPTION/5' AS breaks
FROM f_viewing AS viewing
JOIN records ON records.record = viewing.record AND records.state = 'closed'
JOIN f_keyloan AS loan ON loan.record = viewing.key
WHERE loan.borrower <> viewing.staff OR loan.purpose <> 'viewing' OR loan.out_at > viewing.begun_at
