-- A fixed space belongs to one vehicle at a time; the later record is reported (REG-PROP/5).
WITH given AS (
    SELECT space.*
    FROM f_parking AS space
    JOIN records ON records.record = space.record
    WHERE space.fixed = 1 AND records.state IN ('approved', 'closed')
)
SELECT later.record AS record,
       'space' AS field,
       '车位' || later.space || '在' || later.valid_from || '至' || later.valid || '期间已分配（' || min(earlier.record) || '）' AS message_zh,
       'Space ' || later.space || ' is already given for that time (' || min(earlier.record) || ')' AS message_en,
       'REG-PROP/5' AS breaks
FROM given AS later
JOIN given AS earlier ON earlier.space = later.space AND earlier.record < later.record
    AND earlier.valid_from <= later.valid AND later.valid_from <= earlier.valid
GROUP BY later.record
