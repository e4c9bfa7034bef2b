-- Answers entered for the plan.
SELECT count(*)
FROM f_survey AS sheet
JOIN records ON records.record = sheet.record
WHERE records.state = 'closed' AND sheet.plan = :plan
