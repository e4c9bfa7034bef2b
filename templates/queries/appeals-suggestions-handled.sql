-- Suggestions received in a month whose customers were told the result by the day of the report.
SELECT COUNT(*)
FROM f_suggest AS sheet
JOIN records ON records.record = sheet.record
WHERE substr(records.day, 1, 7) = :month AND substr(sheet.result_told_at, 1, 10) <= :drawn_up_on
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
