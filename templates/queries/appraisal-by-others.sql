-- On the sheet of a superior: the mean of what peers or customers gave for the period; nothing on other sheets.
SELECT round(avg(sheet.total), 2)
FROM f_appr360 AS sheet
JOIN records ON records.record = sheet.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
WHERE :rater_kind = 'superior' AND sheet.rater_kind IN ('peer', 'customer')
  AND sheet.agent = :agent AND sheet.period = :period AND sheet.period_from = :period_from
