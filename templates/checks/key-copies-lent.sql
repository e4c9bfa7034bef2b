-- No more copies of a key are out at a time than there were by the ledger of that day.
WITH loan AS (
    SELECT loan.record, loan.key_no, loan.copies, loan.out_at, loan.back_at
    FROM f_keyloan AS loan
    JOIN records ON records.record = loan.record AND records.state IN ('lent', 'closed')
), ledger AS (
    SELECT head.record, head.opened_on
    FROM f_keyledger AS head
    JOIN records ON records.record = head.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), out AS (
    SELECT later.record, later.key_no,
           (SELECT sum(earlier.copies) FROM loan AS earlier
            WHERE earlier.key_no = later.key_no
              AND (datetime(earlier.out_at), earlier.record) <= (datetime(later.out_at), later.record)
              AND (earlier.record = later.record OR earlier.back_at IS NULL
                   OR datetime(earlier.back_at) > datetime(later.out_at))) AS copies,
           coalesce((SELECT key.copies + coalesce((SELECT sum(change.copies) FROM f_keyledger__changes AS change
                                                   WHERE change.record = key.record AND change.key_no = key.key_no
                                                     AND change.at <= substr(later.out_at, 1, 10)), 0)
                     FROM f_keyledger__keys AS key JOIN ledger USING (record)
                     WHERE key.key_no = later.key_no AND ledger.opened_on <= substr(later.out_at, 1, 10)
                     ORDER BY ledger.opened_on DESC LIMIT 1), 0) AS there
    FROM loan AS later
)
SELECT record, 'key_no' AS field,
       CASE WHEN there = 0 THEN '钥匙台账没有钥匙' || key_no
            ELSE '钥匙' || key_no || '只有' || there || '把，借出' || copies || '把' END AS message_zh,
       CASE WHEN there = 0 THEN 'The key ledger has no key ' || key_no
            ELSE there || ' copies of key ' || key_no || ' exist, ' || copies || ' are out' END AS message_en,
       'REG-KEY/1' AS breaks
FROM out WHERE copies > there
