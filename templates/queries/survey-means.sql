-- Mean scores by dimension among the answers for the plan.
SELECT line.dimension, round(avg(line.score), 2) AS mean
FROM f_survey__scores AS line
JOIN f_survey AS sheet ON sheet.record = line.record
JOIN records ON records.record = line.record
WHERE records.state = 'closed' AND sheet.plan = :plan
GROUP BY line.dimension
