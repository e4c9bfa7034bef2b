-- Finished follow-ups to the customer within the year of the plan.
SELECT count(*)
FROM f_revisit AS visit
JOIN records ON records.record = visit.record
WHERE records.state = 'closed'
  AND visit.customer = :customer
  AND substr(visit.at, 1, 10) BETWEEN :year_from AND date(:year_from, '+1 year', '-1 day')
