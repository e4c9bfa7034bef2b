-- When the complaint that a summary is about was closed; nothing while it is open.
SELECT closed_at
FROM f_complaint
JOIN records USING (record)
WHERE record = :complaint AND records.state = 'closed'
