-- Nobody lives in two rooms at a time; the record of the later room is reported (REG-PROP/12).
WITH resident AS (
    SELECT bed.record, bed.staff, bed.moved_in, coalesce(bed.moved_out, '9999-12-31') AS until, sheet.room, records.day
    FROM f_dorm__residents AS bed
    JOIN f_dorm AS sheet ON sheet.record = bed.record
    JOIN records ON records.record = bed.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT later.record AS record,
       'residents' AS field,
       later.staff || '同时登记在' || earlier.room || '（' || min(earlier.record) || '）' AS message_zh,
       later.staff || ' is also entered in ' || earlier.room || ' (' || min(earlier.record) || ')' AS message_en,
       'REG-PROP/12' AS breaks
FROM resident AS later
JOIN resident AS earlier ON earlier.staff = later.staff AND earlier.room <> later.room
    AND substr(earlier.day, 1, 7) = substr(later.day, 1, 7)
    AND (earlier.moved_in, earlier.record) < (later.moved_in, later.record) AND earlier.until > later.moved_in
GROUP BY later.record, later.staff
