-- The five tables rest on one another, on the roster and on the busy-hour sample: the same figure never reads differently.
WITH live AS NOT MATERIALIZED (
    SELECT record FROM records WHERE state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), seats AS (
    SELECT planned.record, planned.day, planned.slot, planned.seats,
           count(DISTINCT seat.staff) AS rostered
    FROM f_five1__rows AS planned
    JOIN live USING (record)
    JOIN f_five1 AS head ON head.record = planned.record
    JOIN f_roster AS roster ON roster.month = head.month
    JOIN records AS published ON published.record = roster.record AND published.state = 'closed'
    LEFT JOIN f_roster__slots AS seat ON seat.record = roster.record AND seat.role = 'inbound'
        AND seat.day || ' ' || seat.slot_from <= planned.day || ' ' || planned.slot
        AND CASE WHEN seat.slot_to > seat.slot_from THEN seat.day ELSE date(seat.day, '+1 day') END || ' ' || seat.slot_to
            > planned.day || ' ' || planned.slot
    GROUP BY planned.record, planned.day, planned.slot, planned.seats
), figure (record, field, zh, en, day, said, is_so) AS (
    SELECT record, 'rows', '座席数与排班表', 'seats against the roster', day || ' ' || substr(slot, 1, 5), seats, rostered
    FROM seats
    UNION ALL
    SELECT two.record, 'rows', '座席小时与第一表', 'seat-hours against table 1', two.day, two.seat_hours,
           sum(one.seats) * param('slot_min', one.day) / 60.0
    FROM f_five2__rows AS two JOIN live USING (record)
    JOIN f_five1__rows AS one ON one.day = two.day AND EXISTS (SELECT 1 FROM live WHERE live.record = one.record)
    GROUP BY two.record, two.day, two.seat_hours
    UNION ALL
    SELECT two.record, 'adopted_m', '忙时接通量与抽样表', 'calls an agent-hour against the sample', two.month, two.adopted_m, sample.adopted_m
    FROM f_five2 AS two JOIN live USING (record) JOIN f_capsample AS sample ON sample.record = two.capacity_sample
    UNION ALL
    SELECT plan.record, 'adopted_m', '忙时接通量与抽样表', 'calls an agent-hour against the sample', plan.first_day, plan.adopted_m, sample.adopted_m
    FROM f_holidayplan AS plan JOIN live USING (record) JOIN f_capsample AS sample ON sample.record = plan.capacity_sample
    UNION ALL
    SELECT four.record, 'rows', '实际话务量与第三表', 'traffic against table 3', four.day, four.actual_calls, three.actual_calls
    FROM f_five4__rows AS four JOIN live USING (record)
    JOIN f_five3__rows AS three ON three.day = four.day AND EXISTS (SELECT 1 FROM live WHERE live.record = three.record)
    UNION ALL
    SELECT four.record, 'rows', '预测话务量与第二表', 'forecast against table 2', four.day, four.forecast_calls, two.forecast_calls
    FROM f_five4__rows AS four JOIN live USING (record)
    JOIN f_five2__rows AS two ON two.day = four.day AND EXISTS (SELECT 1 FROM live WHERE live.record = two.record)
    UNION ALL
    SELECT five.record, 'rows', '人员实际话务量与第三表', 'calls handled against table 3', five.day, five.staff_actual, three.staff_actual_calls
    FROM f_five5__rows AS five JOIN live USING (record)
    JOIN f_five3__rows AS three ON three.day = five.day AND EXISTS (SELECT 1 FROM live WHERE live.record = three.record)
    UNION ALL
    SELECT five.record, 'rows', '人员预测话务量与第二表', 'forecast for staff against table 2', five.day, five.staff_forecast, two.bearable_calls
    FROM f_five5__rows AS five JOIN live USING (record)
    JOIN f_five2__rows AS two ON two.day = five.day AND EXISTS (SELECT 1 FROM live WHERE live.record = two.record)
)
SELECT record,
       field,
       day || zh || '不一致：' || said || '和' || is_so AS message_zh,
       day || ', ' || en || ': ' || said || ' and ' || is_so AS message_en,
       'REG-SCHEDULE/7' AS breaks
FROM figure
WHERE abs(said - is_so) > 0.005
