-- A car is in one place at a time, and its mileage runs on from one use to the next.
WITH drive AS (
    SELECT used.record, used.vehicle, used.kind, used.out_at, used.back_at, used.km_out, used.km_in,
           row_number() OVER (PARTITION BY used.vehicle ORDER BY datetime(used.out_at), used.record) AS place
    FROM f_vehuse AS used
    JOIN records ON records.record = used.record AND records.state IN ('out', 'fulfilled', 'closed')
), pair AS (
    SELECT later.*, earlier.record AS before, earlier.back_at AS before_back, earlier.km_in AS before_km
    FROM drive AS later
    JOIN drive AS earlier ON earlier.vehicle = later.vehicle AND earlier.place = later.place - 1
)
SELECT record, 'out_at' AS field, vehicle || '在 ' || before || ' 还车之前又出车' AS message_zh,
       vehicle || ' left again before it was back from ' || before AS message_en, 'REG-VEHICLE/11' AS breaks
FROM pair WHERE before_back IS NULL OR datetime(out_at) < datetime(before_back)
UNION ALL
SELECT record, 'km_out', '出车里程' || km_out || '与 ' || before || ' 还车里程' || before_km || '不衔接',
       'Left at ' || km_out || ', came back from ' || before || ' at ' || before_km, 'REG-VEHICLE/11'
FROM pair WHERE kind = 'company' AND km_out <> before_km
