-- Repairs reported in a month and signed off by the day of the report.
SELECT COUNT(*)
FROM f_repair AS sheet
JOIN records ON records.record = sheet.record
WHERE substr(records.day, 1, 7) = :month AND substr(sheet.sign_off_at, 1, 10) <= :drawn_up_on
  AND records.state = 'closed'
