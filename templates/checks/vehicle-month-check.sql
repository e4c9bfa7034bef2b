-- Every month in which cars were used is checked in time, car by car, and the check says what the records say.
WITH drive AS (
    SELECT used.record, used.vehicle, substr(used.out_at, 1, 7) AS month
    FROM f_vehuse AS used
    JOIN records ON records.record = used.record AND records.state IN ('out', 'fulfilled', 'closed')
    WHERE used.kind = 'company'
), fined AS (
    SELECT violation.vehicle, violation.liable, substr(violation.at, 1, 7) AS month
    FROM f_violation AS violation
    JOIN records ON records.record = violation.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), page AS (
    SELECT head.record, substr(head.month_end, 1, 7) AS month, head.month_end, head.checked_on, records.state,
           coalesce(head.many_violations, '') AS named
    FROM f_vehcheck AS head
    JOIN records ON records.record = head.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), line AS (
    SELECT page.record, page.month, item.vehicle, item.uses, item.violations,
           (SELECT count(*) FROM drive WHERE drive.month = page.month AND drive.vehicle = item.vehicle) AS found_uses,
           (SELECT count(*) FROM fined WHERE fined.month = page.month AND fined.vehicle = item.vehicle) AS found_fines
    FROM page JOIN f_vehcheck__rows AS item ON item.record = page.record
), many AS (
    SELECT month, liable FROM fined WHERE liable IS NOT NULL
    GROUP BY month, liable
    HAVING count(*) >= CAST(param('violation_many', month || '-28') AS INTEGER)
)
SELECT max(drive.record) AS record, 'out_at' AS field, drive.month || '用过车，没有按期清查' AS message_zh,
       'Cars were used in ' || drive.month || ' and the month was not checked in time' AS message_en, 'REG-VEHICLE/6' AS breaks
FROM drive
WHERE date(drive.month || '-01', '+1 month', '+' || (param('vehicle_check_days', drive.month || '-01') - 1) || ' days') < today()
  AND NOT EXISTS (
    SELECT 1 FROM page
    WHERE page.month = drive.month
      AND page.checked_on <= date(drive.month || '-01', '+1 month',
                                  '+' || (param('vehicle_check_days', drive.month || '-01') - 1) || ' days'))
GROUP BY drive.month
UNION ALL
SELECT record, 'rows', vehicle || '用车' || found_uses || '次、违章' || found_fines || '次，清查表填写' || uses || '次、' || violations || '次',
       vehicle || ': ' || found_uses || ' uses and ' || found_fines || ' violations on record, ' || uses || ' and ' || violations
       || ' in the check', 'REG-VEHICLE/6'
FROM line WHERE uses <> found_uses OR violations <> found_fines
UNION ALL
SELECT page.record, 'rows', drive.vehicle || '当月用过，清查表没有列入', drive.vehicle || ' was used and is not in the check',
       'REG-VEHICLE/6'
FROM page JOIN drive ON drive.month = page.month
WHERE NOT EXISTS (SELECT 1 FROM f_vehcheck__rows AS item WHERE item.record = page.record AND item.vehicle = drive.vehicle)
GROUP BY page.record, drive.vehicle
UNION ALL
SELECT page.record, 'many_violations', many.liable || '当月违章较多，清查表没有列出',
       many.liable || ' has many violations in the month and is not named', 'REG-VEHICLE/6'
FROM page JOIN many ON many.month = page.month
WHERE instr('、' || page.named || '、', '、' || many.liable || '、') = 0
