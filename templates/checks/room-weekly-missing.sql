-- Where the regulation asks for a weekly inspection, each room that is inspected daily has one in every finished week,
-- from Monday to Sunday. The finding stands at the last daily inspection of such a week.
WITH inspected AS (
    SELECT sheet.record, sheet.room, sheet.level, records.day,
           date(records.day, 'weekday 0') AS sunday
    FROM f_roomdaily AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT max(record) AS record,
       'level' AS field,
       room || '在截至' || sunday || '的一周内没有周检' AS message_zh,
       room || ' had no weekly inspection in the week up to ' || sunday AS message_en,
       'REG-SAFETY/3' AS breaks
FROM inspected
WHERE sunday < today()
GROUP BY room, sunday
HAVING sum(level = 'week') = 0 AND min(param('room_weekly', day)) = 1
