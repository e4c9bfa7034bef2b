-- Who is on the duty log with a seat signs in on the sheet of the stations of that shift (REG-ROOM/8).
-- Judged only where the shift has a closed sheet: a missing one is the business of the obligation.
SELECT sheet.record AS record,
       'rows' AS field,
       '值班日志上的' || person.staff || '没有座席登记' AS message_zh,
       person.staff || ' is on the duty log but used no station on this sheet' AS message_en,
       'REG-ROOM/8' AS breaks
FROM f_station AS sheet
JOIN records AS done ON done.record = sheet.record AND done.state = 'closed'
JOIN f_dutylog AS log ON log.duty_date = sheet.shift_date AND log.shift = sheet.shift
JOIN records ON records.record = log.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_dutylog__on_duty AS person ON person.record = log.record AND person.seat IS NOT NULL
WHERE NOT EXISTS (
        SELECT 1 FROM f_station__rows AS line
        WHERE line.record = sheet.record AND line.staff = person.staff)
