-- No more copies of a key are out at a time than there are.
WITH loan AS (
    SELECT loan.record, loan.key_no, loan.copies, loan.out_at, loan.back_at
    FROM f_keyloan AS loan
    JOIN records ON records.record = loan.record AND records.state IN ('lent', 'closed')
), owned AS (
    SELECT key.key_no, substr(head.opened_on, 1, 4) AS year, sum(key.copies)
           + coalesce((SELECT sum(change.copies) FROM f_keyledger__changes AS change
                       WHERE change.record = key.record AND change.key_no = key.key_no), 0) AS copies
    FROM f_keyledger__keys AS key
    JOIN f_keyledger AS head ON head.record = key.record
    JOIN records ON records.record = key.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    GROUP BY key.key_no, key.record
), out AS (
    SELECT later.record, later.key_no,
           (SELECT sum(earlier.copies) FROM loan AS earlier
            WHERE earlier.key_no = later.key_no
              AND (datetime(earlier.out_at), earlier.record) <= (datetime(later.out_at), later.record)
              AND (earlier.record = later.record OR earlier.back_at IS NULL
                   OR datetime(earlier.back_at) > datetime(later.out_at))) AS copies,
           coalesce((SELECT sum(owned.copies) FROM owned
                     WHERE owned.key_no = later.key_no AND owned.year = substr(later.out_at, 1, 4)), 0) AS there
    FROM loan AS later
)
SELECT record, 'key_no' AS field,
       CASE WHEN there = 0 THEN '钥匙' || key_no || '不在当年的钥匙台账中'
            ELSE '钥匙' || key_no || '只有' || there || '把，借出' || copies || '把' END AS message_zh,
       CASE WHEN there = 0 THEN 'Key ' || key_no || ' is not in the key ledger of the year'
            ELSE there || ' copies of key ' || key_no || ' exist, ' || copies || ' are out' END AS message_en,
       'REG-KEY/1' AS breaks
FROM out WHERE copies > there
