-- No part goes out without an approved plan, or in greater number than it allows (REG-AFTER/3). The line that exceeds it is reported.
WITH line AS (
    SELECT entry.record, entry."no", entry.plan, entry.part,
           sum(entry.out) OVER (PARTITION BY entry.plan, entry.part ORDER BY julianday(entry.at), entry.record, entry."no") AS issued,
           entry.out
    FROM f_partsout__parts AS entry
    JOIN records ON records.record = entry.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
),
allowed AS (
    SELECT item.record, item.part, item.qty
    FROM f_partsplan__parts AS item
    JOIN records ON records.record = item.record
    WHERE records.state = 'closed'
)
SELECT line.record AS record,
       'parts' AS field,
       '第' || line."no" || '项：' || line.part || '累计发出' || line.issued || '，' || line.plan || '批准' || coalesce(allowed.qty, 0) AS message_zh,
       'Line ' || line."no" || ': ' || line.issued || ' of ' || line.part || ' issued, ' || coalesce(allowed.qty, 0)
         || ' approved in ' || line.plan AS message_en,
       'REG-AFTER/3' AS breaks
FROM line
LEFT JOIN allowed ON allowed.record = line.plan AND allowed.part = line.part
WHERE line.out > 0 AND line.issued > coalesce(allowed.qty, 0)
