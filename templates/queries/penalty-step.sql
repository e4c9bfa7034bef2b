-- The how-manieth time of the same breach this is for the person, within the period over which repetition is counted.
SELECT 1 + COUNT(*)
FROM f_penalty AS earlier
JOIN records AS r ON r.record = earlier.record AND r.state IN ('decided', 'approved', 'notified', 'closed')
WHERE earlier.staff = :staff AND earlier.violation = :violation
  AND (earlier.found_on, earlier.record) < (:found_on, :record)
  AND earlier.found_on >= date(:found_on, '-' || CAST(param('ladder_window_months', :day) AS INTEGER) || ' months')
