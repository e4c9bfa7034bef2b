-- Mean of a person's confirmed monthly totals of the year; half a hundredth is rounded up.
SELECT (2 * SUM(CAST(ROUND(sheet.total * 100) AS INTEGER)) + COUNT(*)) / (2 * COUNT(*)) / 100.0
FROM f_apprmonth AS sheet
JOIN records AS r ON r.record = sheet.record AND r.state = 'closed'
WHERE sheet.agent = :agent AND substr(sheet.month, 1, 4) = substr(:year_from, 1, 4)
