-- A card number is given out once; a lost or broken card that is replaced was given out to the same unit (REG-PROP/5).
WITH issued AS (
    SELECT card.*
    FROM f_accesscard AS card
    JOIN records ON records.record = card.record
    WHERE records.state = 'closed'
)
SELECT later.record AS record,
       'no' AS field,
       '卡号' || later."no" || '已在' || min(earlier.record) || '中发放' AS message_zh,
       'Card ' || later."no" || ' was already given out under ' || min(earlier.record) AS message_en,
       'REG-PROP/5' AS breaks
FROM issued AS later
JOIN issued AS earlier ON earlier."no" = later."no" AND earlier.kind = later.kind AND earlier.record < later.record
GROUP BY later.record
UNION ALL
SELECT again.record,
       'old_no',
       '原卡' || again.old_no || '发放给' || min(first.unit_no) || '，不是' || again.unit_no,
       'Card ' || again.old_no || ' was given to ' || min(first.unit_no) || ', not to ' || again.unit_no,
       'REG-PROP/5'
FROM issued AS again
JOIN issued AS first ON first."no" = again.old_no AND first.kind = again.kind
GROUP BY again.record
HAVING sum(first.unit_no = again.unit_no) = 0
