-- The figures of each agent in a report are those of the answers, and nobody with answers is left out (REG-SURVEY/5).
WITH figure AS (
    SELECT sheet.plan, sheet.agent, count(*) AS answers, round(avg(sheet.overall >= 4) * 100, 2) AS csat
    FROM f_survey AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state = 'closed' AND sheet.agent IS NOT NULL
    GROUP BY sheet.plan, sheet.agent
),
report AS (
    SELECT sheet.record, sheet.plan
    FROM f_surveyrpt AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state IN ('submitted', 'closed')
)
SELECT report.record AS record,
       'agents' AS field,
       line.agent || '的份数或者满意度与答卷不一致' AS message_zh,
       'The figures of ' || line.agent || ' are not those of the answers' AS message_en,
       'REG-SURVEY/5' AS breaks
FROM f_surveyrpt__agents AS line
JOIN report ON report.record = line.record
LEFT JOIN figure ON figure.plan = report.plan AND figure.agent = line.agent
WHERE coalesce(figure.answers, 0) <> line.answers OR abs(figure.csat - line.csat) > 0.005
UNION ALL
SELECT report.record,
       'agents',
       '遗漏了' || figure.agent || '的' || figure.answers || '份答卷',
       'The ' || figure.answers || ' answers on ' || figure.agent || ' are left out',
       'REG-SURVEY/5'
FROM figure
JOIN report ON report.plan = figure.plan
WHERE NOT EXISTS (
    SELECT 1 FROM f_surveyrpt__agents AS line WHERE line.record = report.record AND line.agent = figure.agent
)
