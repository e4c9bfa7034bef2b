-- Mean weekly scores of a person by dimension, over the weeks that end within the month; half a hundredth is rounded up.
SELECT line.dimension, (2 * SUM(CAST(ROUND(line.score * 100) AS INTEGER)) + COUNT(*)) / (2 * COUNT(*)) / 100.0 AS mean
FROM f_apprdaily AS sheet
JOIN f_apprdaily__scores AS line ON line.record = sheet.record
JOIN records AS r ON r.record = sheet.record AND r.state IN ('assess', 'closed')
WHERE sheet.agent = :agent AND substr(sheet.week_to, 1, 7) = substr(:month, 1, 7)
GROUP BY line.dimension
