-- Drills follow one another within the months allowed, and the latest is not older than that (REG-SAFETY/4).
WITH held AS (
    SELECT drill.record, drill.date AS held_on, records.day,
           lag(drill.date) OVER (ORDER BY drill.date, drill.record) AS before,
           max(drill.date) OVER () AS latest
    FROM f_drill AS drill
    JOIN records ON records.record = drill.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'date' AS field,
       '距上一次演练（' || before || '）超过' || param('drill_months', day) || '个月' AS message_zh,
       'More than ' || param('drill_months', day) || ' months after the drill before, on ' || before AS message_en,
       'REG-SAFETY/4' AS breaks
FROM held
WHERE held_on > date(before, '+' || param('drill_months', day) || ' months')
UNION ALL
SELECT record,
       'date',
       '此次演练后已超过' || param('drill_months', today()) || '个月没有演练',
       'No drill within ' || param('drill_months', today()) || ' months after this one',
       'REG-SAFETY/4'
FROM held
WHERE held_on = latest AND today() > date(latest, '+' || param('drill_months', today()) || ' months')
