-- Nobody is rostered twice at a time, with too little rest from one working day to the next, or for too many nights in a row.
WITH slot AS (
    SELECT slot.record, slot.row, slot.staff, slot.day, slot.slot_to <= slot.slot_from AS night, records.day AS rules,
           julianday(slot.starts) AS starts, julianday(slot.ends) AS ends
    FROM f_roster__slots AS slot
    JOIN records ON records.record = slot.record
    WHERE slot.role <> 'reserve' AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), working_day AS (
    SELECT record, staff, day, rules, min(starts) AS starts, max(ends) AS ends
    FROM slot GROUP BY record, staff, day, rules
), rest AS (
    SELECT record, staff, day, rules,
           round((starts - lag(ends) OVER (PARTITION BY staff ORDER BY starts)) * 24, 2) AS hours
    FROM working_day
), nights AS (
    SELECT record, staff, day, rules, julianday(day) - row_number() OVER (PARTITION BY staff ORDER BY day) AS run
    FROM (SELECT DISTINCT record, staff, day, rules FROM slot WHERE night)
)
SELECT one.record AS record,
       'slots' AS field,
       one.staff || '在' || one.day || '的两个班次重叠' AS message_zh,
       one.staff || ' has two shifts at once on ' || one.day AS message_en,
       'REG-SCHEDULE/3' AS breaks
FROM slot AS one
JOIN slot AS other ON other.staff = one.staff AND (other.record, other.row) <> (one.record, one.row)
    AND other.starts < one.ends AND other.ends > one.starts
    AND ((other.starts, other.row) < (one.starts, one.row))
UNION ALL
SELECT record,
       'slots',
       staff || '在' || day || '上班前只休息' || hours || '小时，至少' || param('min_rest_between_shifts_h', rules) || '小时',
       staff || ' has ' || hours || ' h of rest before ' || day || ', '
         || param('min_rest_between_shifts_h', rules) || ' required',
       'REG-SCHEDULE/3'
FROM rest
WHERE hours >= 0 AND hours < param('min_rest_between_shifts_h', rules)
UNION ALL
SELECT max(record),
       'slots',
       staff || '自' || min(day) || '起连续' || count(*) || '个夜班，最多' || param('max_consecutive_nights', max(rules)) || '个',
       staff || ' has ' || count(*) || ' night shifts in a row from ' || min(day) || ', '
         || param('max_consecutive_nights', max(rules)) || ' allowed',
       'REG-SCHEDULE/3'
FROM nights
GROUP BY staff, run
HAVING count(*) > param('max_consecutive_nights', max(rules))
