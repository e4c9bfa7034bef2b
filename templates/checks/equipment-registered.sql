-- What is lent stands in an equipment ledger and had not been scrapped or lost by then.
WITH ledger AS (
    SELECT record FROM records
    WHERE form = 'F-EQUIPLEDGER' AND state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT loan.record, 'asset_no' AS field,
       loan.asset_no || '不在设备备件台账中，或者已经报废、丢失' AS message_zh,
       loan.asset_no || ' is not in the equipment ledger, or was scrapped or lost' AS message_en,
       'REG-ASSET/1' AS breaks
FROM f_equiplend AS loan
JOIN records ON records.record = loan.record
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND (NOT EXISTS (SELECT 1 FROM f_equipledger__equipment AS piece JOIN ledger USING (record)
                   WHERE piece.asset_no = loan.asset_no)
       OR EXISTS (SELECT 1 FROM f_equipledger__changes AS change JOIN ledger USING (record)
                  WHERE change.asset_no = loan.asset_no AND change.kind IN ('scrapped', 'lost')
                    AND change.at <= substr(loan.from_at, 1, 10)))
