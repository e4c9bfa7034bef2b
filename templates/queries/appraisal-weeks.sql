-- Weeks ending within the month in which the person was scored.
SELECT COUNT(*)
FROM f_apprdaily AS sheet
JOIN records AS r ON r.record = sheet.record AND r.state IN ('assess', 'closed')
WHERE sheet.agent = :agent AND substr(sheet.week_to, 1, 7) = substr(:month, 1, 7)
