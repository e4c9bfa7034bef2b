-- In every slot of the hours that are staffed, somebody takes calls.
WITH RECURSIVE roster AS (
    SELECT roster.record, roster.month, records.day AS rules,
           date(roster.month, '+1 month') AS following
    FROM f_roster AS roster
    JOIN records ON records.record = roster.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), opening AS (
    SELECT record, month, rules, following,
           CAST(round((julianday('2000-01-01 ' || param('seats_from', rules)) - julianday('2000-01-01')) * 1440) AS INTEGER) AS first,
           CAST(round((julianday('2000-01-01 ' || param('seats_until', rules)) - julianday('2000-01-01')) * 1440) AS INTEGER) AS last
    FROM roster
), moment AS (
    SELECT record, rules, following, first, CASE WHEN last <= first THEN last + 1440 ELSE last END AS last,
           month AS day, first AS minute
    FROM opening
    UNION ALL
    SELECT record, rules, following, first, last,
           CASE WHEN minute + param('slot_min', rules) < last THEN day ELSE date(day, '+1 day') END,
           CASE WHEN minute + param('slot_min', rules) < last THEN minute + param('slot_min', rules) ELSE first END
    FROM moment
    WHERE day < following
), empty AS (
    SELECT moment.record, moment.day, strftime('%H:%M', moment.day, '+' || moment.minute || ' minutes') AS slot
    FROM moment
    WHERE moment.day < moment.following
      AND NOT EXISTS (
        SELECT 1 FROM f_roster__slots AS seat
        WHERE seat.record = moment.record AND seat.role = 'inbound'
          AND seat.day BETWEEN date(moment.day, '-1 day') AND date(moment.day, '+1 day')
          AND seat.day || ' ' || substr(seat.slot_from, 1, 5)
              <= strftime('%Y-%m-%d %H:%M', moment.day, '+' || moment.minute || ' minutes')
          AND CASE WHEN seat.slot_to > seat.slot_from THEN seat.day ELSE date(seat.day, '+1 day') END
              || ' ' || substr(seat.slot_to, 1, 5)
              > strftime('%Y-%m-%d %H:%M', moment.day, '+' || moment.minute || ' minutes'))
)
SELECT record,
       'slots' AS field,
       day || '有' || count(*) || '个时段无人接听，最早' || min(slot) AS message_zh,
       day || ': nobody takes calls in ' || count(*) || ' slot(s), the first at ' || min(slot) AS message_en,
       'REG-SCHEDULE/16' AS breaks
FROM empty
GROUP BY record, day
