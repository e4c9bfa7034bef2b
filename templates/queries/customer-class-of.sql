-- The customer's class in the latest classification that was closed; nothing where there was none.
SELECT line.class
FROM f_custclass__customers AS line
JOIN f_custclass AS sheet ON sheet.record = line.record
JOIN records ON records.record = line.record
WHERE records.state = 'closed' AND line.customer = :customer
ORDER BY sheet.quarter_from DESC
LIMIT 1
