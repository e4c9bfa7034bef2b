-- Follow-ups that a person made on a day.
SELECT COUNT(*)
FROM f_revisit AS visit
JOIN records ON records.record = visit.record
WHERE visit.agent = :staff AND substr(visit.at, 1, 10) = :date
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
