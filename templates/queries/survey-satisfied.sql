-- Answers for the plan whose overall score is four or five.
SELECT count(*)
FROM f_survey AS sheet
JOIN records ON records.record = sheet.record
WHERE records.state = 'closed' AND sheet.plan = :plan
  AND sheet.overall >= 4
