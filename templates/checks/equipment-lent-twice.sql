-- One loan at a time: equipment is not lent again before it is back. Two such sheets are found at the later one.
SELECT later.record, 'asset_no' AS field,
       later.asset_no || '在 ' || earlier.record || ' 归还之前又被借出' AS message_zh,
       later.asset_no || ' was lent again before ' || earlier.record || ' was returned' AS message_en,
       'REG-ASSET/1' AS breaks
FROM f_equiplend AS later
JOIN records ON records.record = later.record AND records.state IN ('lent', 'closed')
JOIN f_equiplend AS earlier ON earlier.asset_no = later.asset_no AND earlier.record <> later.record
JOIN records AS before ON before.record = earlier.record AND before.state IN ('lent', 'closed')
WHERE (datetime(earlier.from_at), earlier.record) < (datetime(later.from_at), later.record)
  AND (earlier.returned_at IS NULL OR datetime(earlier.returned_at) > datetime(later.from_at))
