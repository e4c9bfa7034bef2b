-- Repairs reported in a month.
SELECT COUNT(*)
FROM records
WHERE form = 'F-REPAIR' AND substr(day, 1, 7) = :month
  AND state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
