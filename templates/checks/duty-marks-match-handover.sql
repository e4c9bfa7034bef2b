-- The marks in the duty log are those of people who handed over or took over at the end of that shift.
-- Judged only where the shift has a handover log at all: a missing one is the business of the obligation.
WITH handovers AS MATERIALIZED (
    SELECT handover.shift_date, handover.shift_out, handover.out_staff, handover.in_staff
    FROM f_handover AS handover
    JOIN records ON records.record = handover.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), shifts AS MATERIALIZED (
    SELECT DISTINCT shift_date, shift_out FROM handovers
), sides AS MATERIALIZED (
    SELECT shift_date, shift_out, 'out' AS direction, out_staff AS staff FROM handovers
    UNION
    SELECT shift_date, shift_out, 'in', in_staff FROM handovers
)
SELECT mark.record AS record,
       'handover_marks' AS field,
       '签注人' || mark.staff_no || '与当班交接班记录的' || CASE mark.direction WHEN 'out' THEN '交班人' ELSE '接班人' END || '不符' AS message_zh,
       mark.staff_no || ' marked the log but is not the '
         || CASE mark.direction WHEN 'out' THEN 'outgoing' ELSE 'incoming' END || ' side of any handover of this shift' AS message_en,
       'REG-HANDOVER/9' AS breaks
FROM f_dutylog AS log
JOIN records AS duty ON duty.record = log.record AND duty.state NOT IN ('void', 'withdrawn', 'rejected', 'returned')
JOIN f_dutylog__handover_marks AS mark ON mark.record = log.record
JOIN shifts ON shifts.shift_date = log.duty_date AND shifts.shift_out = log.shift
LEFT JOIN sides ON sides.shift_date = log.duty_date AND sides.shift_out = log.shift
    AND sides.direction = mark.direction AND sides.staff = mark.staff_no
WHERE sides.staff IS NULL
