-- Every claim that was sent is in the register, with its own customer and day (REG-QCLAIM/7).
SELECT claim.record AS record,
       'received_at' AS field,
       CASE WHEN entry.record IS NULL THEN '客诉没有登记' ELSE '客诉与' || entry.record || '的登记不一致' END AS message_zh,
       CASE WHEN entry.record IS NULL THEN 'The claim is not in the register'
            ELSE 'The claim is not as ' || entry.record || ' has it' END AS message_en,
       'REG-QCLAIM/7' AS breaks
FROM f_qcomplaint AS claim
JOIN records ON records.record = claim.record
LEFT JOIN (
    SELECT line.* FROM f_qcregister__claims AS line
    JOIN records AS page ON page.record = line.record
    WHERE page.state IN ('open', 'closed')
) AS entry ON entry.claim_no = claim.record
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND (entry.record IS NULL OR entry.customer <> claim.customer OR entry.received <> substr(claim.received_at, 1, 10))
