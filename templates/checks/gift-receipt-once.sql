-- A till receipt earns each gift once, on whatever day it is shown.
WITH given AS (
    SELECT line.record, line."no", line.receipt, line.gift,
           row_number() OVER (PARTITION BY line.receipt, line.gift ORDER BY line.at, line.record, line."no") AS turn
    FROM f_giftout__rows AS line
    JOIN records ON records.record = line.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'rows' AS field,
       '第' || "no" || '行：小票' || receipt || '已经领过' || gift AS message_zh,
       'Line ' || "no" || ': receipt ' || receipt || ' already had ' || gift AS message_en,
       'REG-RETAIL/1' AS breaks
FROM given
WHERE turn > 1
