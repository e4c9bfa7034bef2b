-- How many lines of the plan were visited before its month was over.
SELECT COUNT(DISTINCT visit.plan)
FROM f_revisit AS visit
JOIN records ON records.record = visit.record
WHERE visit.plan LIKE :record || '#%'
  AND date(substr(visit.at, 1, 10)) < date(:month, '+1 month')
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
