-- Follow-ups made in a month.
SELECT COUNT(*)
FROM records
WHERE form = 'F-REVISIT' AND substr(day, 1, 7) = :month
  AND state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
