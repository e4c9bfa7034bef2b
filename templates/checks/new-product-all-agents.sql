-- Whoever sat at a seat in the 14 days before a product was listed had been trained in it. Duty logs show who sat there.
WITH released AS MATERIALIZED (
    SELECT sheet.record, sheet.listing_at, sheet.trainer
    FROM f_newprod AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state = 'closed'
)
SELECT DISTINCT released.record AS record,
       'trained' AS field,
       person.staff || '在岗，上架前没有受训' AS message_zh,
       person.staff || ' was on duty and not trained before the listing' AS message_en,
       'REG-TRAIN/7' AS breaks
FROM released
CROSS JOIN f_dutylog AS log ON log.duty_date BETWEEN date(released.listing_at, '-14 days') AND date(released.listing_at, '-1 day')
CROSS JOIN records ON records.record = log.record
CROSS JOIN f_dutylog__on_duty AS person ON person.record = log.record
WHERE person.seat IS NOT NULL AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND person.staff <> released.trainer
  AND NOT EXISTS (
    SELECT 1 FROM f_newprod__trained AS trained
    WHERE trained.record = released.record AND trained.staff = person.staff)
