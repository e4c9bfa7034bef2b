-- Each day of a roster keeps people in reserve: a share of those on duty, and never fewer than the minimum.
WITH strength AS (
    SELECT slot.record, slot.day, records.day AS rules,
           count(DISTINCT CASE WHEN slot.role <> 'reserve' THEN slot.staff END) AS on_duty,
           count(DISTINCT CASE WHEN slot.role = 'reserve' THEN slot.staff END) AS reserve
    FROM f_roster__slots AS slot
    JOIN records ON records.record = slot.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    GROUP BY slot.record, slot.day, records.day
), required AS (
    SELECT record, day, on_duty, reserve,
           max(param('reserve_staff_min', rules),
               CAST((on_duty * param('reserve_staff_pct', rules) + 99) / 100 AS INTEGER)) AS people
    FROM strength
)
SELECT record,
       'slots' AS field,
       day || '在岗' || on_duty || '人，应急' || reserve || '人，至少' || people || '人' AS message_zh,
       day || ': ' || reserve || ' in reserve for ' || on_duty || ' on duty, ' || people || ' required' AS message_en,
       'REG-SCHEDULE/4' AS breaks
FROM required
WHERE reserve < people
