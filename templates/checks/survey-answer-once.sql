-- A customer counts once in a survey, and answers while it runs (REG-SURVEY/2).
WITH answer AS (
    SELECT sheet.record, sheet.plan, sheet.customer, sheet.date
    FROM f_survey AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT later.record AS record,
       'customer' AS field,
       '该客户在本次调查中已有答卷' || min(earlier.record) AS message_zh,
       'The customer already answered this survey in ' || min(earlier.record) AS message_en,
       'REG-SURVEY/2' AS breaks
FROM answer AS later
JOIN answer AS earlier ON earlier.plan = later.plan AND earlier.customer = later.customer AND earlier.record < later.record
GROUP BY later.record
UNION ALL
SELECT answer.record,
       'date',
       '作答日期不在调查期间（' || plan.survey_from || '至' || plan.due || '）',
       'Answered outside the survey (' || plan.survey_from || ' to ' || plan.due || ')',
       'REG-SURVEY/2'
FROM answer
JOIN f_surveyplan AS plan ON plan.record = answer.plan
WHERE answer.date NOT BETWEEN plan.survey_from AND plan.due
