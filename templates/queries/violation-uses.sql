-- The driving records that fit a traffic violation. A car not back yet is still out.
SELECT used.record, used.driver
FROM f_vehuse AS used JOIN records ON records.record = used.record AND records.state IN ('out', 'fulfilled', 'closed')
WHERE used.vehicle = :vehicle
  AND datetime(used.out_at) <= datetime(:at) AND datetime(coalesce(used.back_at, '9999-12-31')) >= datetime(:at)
  AND (:km IS NULL OR used.km_out <= :km AND coalesce(used.km_in, :km) >= :km)
