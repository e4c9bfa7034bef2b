-- Mean score of this dimension among the answers for the plan; nothing where nobody gave one.
SELECT round(avg(line.score), 2)
FROM f_survey__scores AS line
JOIN f_survey AS sheet ON sheet.record = line.record
JOIN records ON records.record = line.record
WHERE records.state = 'closed' AND sheet.plan = :plan AND line.dimension = 'efficiency'
