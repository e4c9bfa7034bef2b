-- The date set at the last service for the next one of its kind is kept, and so is the mileage.
WITH service AS (
    SELECT upkeep.record, upkeep.vehicle, upkeep.kind, upkeep.date, upkeep.next_on, upkeep.next_km,
           lead(upkeep.date) OVER same AS next_date, lead(upkeep.km) OVER same AS next_mileage
    FROM f_vehmaint AS upkeep
    JOIN records ON records.record = upkeep.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned') AND upkeep.kind <> 'repair'
    WINDOW same AS (PARTITION BY upkeep.vehicle, upkeep.kind ORDER BY upkeep.date, upkeep.record)
), driven AS (
    SELECT used.vehicle, max(used.km_in) AS km
    FROM f_vehuse AS used
    JOIN records ON records.record = used.record AND records.state IN ('fulfilled', 'closed')
    GROUP BY used.vehicle
)
SELECT service.record, 'next_on' AS field, service.vehicle || '应当在' || next_on || '前再次办理，没有按期办理' AS message_zh,
       service.vehicle || ' was due again on ' || next_on || ' and was not seen to in time' AS message_en,
       'REG-VEHICLE/10' AS breaks
FROM service WHERE coalesce(next_date, today()) > next_on
UNION ALL
SELECT service.record, 'next_km', service.vehicle || '应当在' || next_km || '公里前再次保养，没有按期保养',
       service.vehicle || ' was due again at ' || next_km || ' km and was not seen to in time', 'REG-VEHICLE/10'
FROM service LEFT JOIN driven ON driven.vehicle = service.vehicle
WHERE coalesce(next_mileage, driven.km) > next_km
