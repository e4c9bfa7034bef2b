-- What is lent stands in the equipment ledger of the year and has not been scrapped or lost.
WITH ledger AS (
    SELECT head.record, substr(head.opened_on, 1, 4) AS year
    FROM f_equipledger AS head
    JOIN records ON records.record = head.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT loan.record, 'asset_no' AS field,
       loan.asset_no || '不在当年的设备备件台账中，或者已经报废、丢失' AS message_zh,
       loan.asset_no || ' is not in the equipment ledger of the year, or was scrapped or lost' AS message_en,
       'REG-ASSET/1' AS breaks
FROM f_equiplend AS loan
JOIN records ON records.record = loan.record
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND NOT EXISTS (
    SELECT 1 FROM f_equipledger__equipment AS piece JOIN ledger ON ledger.record = piece.record
    WHERE piece.asset_no = loan.asset_no AND ledger.year = substr(loan.from_at, 1, 4)
      AND NOT EXISTS (
        SELECT 1 FROM f_equipledger__changes AS change
        WHERE change.record = piece.record AND change.asset_no = piece.asset_no AND change.kind IN ('scrapped', 'lost')
          AND change.at <= substr(loan.from_at, 1, 10)))
