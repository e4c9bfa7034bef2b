-- Annual scores in hundredths, from the months that are closed; none where no month is. Each sheet that counts has its line.
WITH months AS (
    SELECT sheet.agent, substr(sheet.month, 1, 4) AS year,
           (2 * SUM(CAST(ROUND(sheet.total * 100) AS INTEGER)) + COUNT(*)) / (2 * COUNT(*)) AS mean
    FROM f_apprmonth AS sheet
    JOIN records ON records.record = sheet.record AND records.state = 'closed'
    GROUP BY sheet.agent, substr(sheet.month, 1, 4)
)
SELECT sheet.record, sheet.agent, sheet.lowered, sheet.quota_decision, records.state, records.day, months.year,
       (CAST(param('annual_weight_monthly', records.day) AS INTEGER) * months.mean
        + CAST(param('annual_weight_survey', records.day) AS INTEGER) * CAST(ROUND(sheet.survey_score * 100) AS INTEGER)
        + CAST(param('annual_weight_achievements', records.day) AS INTEGER) * CAST(ROUND(sheet.achievement_score * 100) AS INTEGER)
        + 50) / 100 AS cents
FROM f_appryear AS sheet
JOIN records ON records.record = sheet.record
LEFT JOIN months ON months.agent = sheet.agent AND months.year = substr(sheet.year_from, 1, 4)
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
