-- Everybody rostered for a day stands in its attendance register, unless an approved swap gave the shift away.
-- Who took a shift over stands there as present; else the post was empty through the swap and both answer for it.
WITH register AS (
    SELECT day.record, day.date
    FROM f_attend AS day
    JOIN records ON records.record = day.record
    WHERE records.state IN ('registered', 'closed')
), swapped AS (
    SELECT swap.record, swap.shift_a_date AS date, swap.applicant AS away, swap.counterpart AS stand_in
    FROM f_shiftswap AS swap JOIN records ON records.record = swap.record AND records.state IN ('approved', 'closed')
    UNION ALL
    SELECT swap.record, swap.shift_b_date, swap.counterpart, swap.applicant
    FROM f_shiftswap AS swap JOIN records ON records.record = swap.record AND records.state IN ('approved', 'closed')
    WHERE swap.shift_b_date IS NOT NULL
)
SELECT DISTINCT register.record AS record,
       'attendance' AS field,
       slot.staff || '当日有班，考勤登记没有此人' AS message_zh,
       slot.staff || ' was rostered but is not in the register' AS message_en,
       'REG-ATTEND/1' AS breaks
FROM register
JOIN f_roster__slots AS slot ON slot.day = register.date AND slot.role <> 'reserve'
JOIN records AS roster ON roster.record = slot.record AND roster.state = 'closed'
WHERE NOT EXISTS (
    SELECT 1 FROM f_attend__attendance AS entry WHERE entry.record = register.record AND entry.staff = slot.staff)
  AND NOT EXISTS (SELECT 1 FROM swapped WHERE swapped.date = register.date AND swapped.away = slot.staff)
UNION ALL
SELECT swapped.record,
       'counterpart',
       swapped.stand_in || '换上' || swapped.date || '的班次，考勤没有到岗；由' || swapped.stand_in || '和' || swapped.away || '共同负责',
       swapped.stand_in || ' took a shift on ' || swapped.date || ' but is not registered as present; '
         || swapped.stand_in || ' and ' || swapped.away || ' answer for it together',
       'REG-HANDOVER/10'
FROM swapped
JOIN register ON register.date = swapped.date
WHERE NOT EXISTS (
    SELECT 1 FROM f_attend__attendance AS entry
    WHERE entry.record = register.record AND entry.staff = swapped.stand_in AND entry.actual_start IS NOT NULL)
