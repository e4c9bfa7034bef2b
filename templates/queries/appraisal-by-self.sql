-- On the sheet of a superior: how the person rated their own work of the period; nothing on other sheets.
SELECT round(avg(sheet.total), 2)
FROM f_appr360 AS sheet
JOIN records ON records.record = sheet.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
WHERE :rater_kind = 'superior' AND sheet.rater_kind = 'self'
  AND sheet.agent = :agent AND sheet.period = :period AND sheet.period_from = :period_from
