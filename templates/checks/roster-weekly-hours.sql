-- Average weekly hours of everybody in a roster, over its calendar month. Standing by counts no hours.
WITH person AS (
    SELECT roster.record, records.day, slot.staff,
           round(sum(slot.hours) * 7 / (julianday(roster.month, '+1 month') - julianday(roster.month)), 2) AS weekly
    FROM f_roster AS roster
    JOIN records ON records.record = roster.record
    JOIN f_roster__slots AS slot ON slot.record = roster.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    GROUP BY roster.record, records.day, slot.staff
)
SELECT record,
       'slots' AS field,
       staff || '平均每周排班' || weekly || '小时，上限' || param('week_hours_max', day) || '小时' AS message_zh,
       staff || ' is rostered for ' || weekly || ' h a week on average, ' || param('week_hours_max', day) || ' allowed' AS message_en,
       'REG-SCHEDULE/2' AS breaks
FROM person
WHERE weekly > param('week_hours_max', day)
