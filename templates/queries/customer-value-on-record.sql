-- What the last executed change wrote for this customer and item, before the change in hand; nothing where there was none.
SELECT change.new
FROM f_datachange AS change
JOIN records ON records.record = change.record
WHERE records.state = 'closed'
  AND change.record <> :record
  AND change.customer = :customer
  AND change.field = :field
  AND coalesce(change.field_name, '') = coalesce(:field_name, '')
  AND (:changed_at IS NULL OR julianday(change.changed_at) < julianday(:changed_at))
ORDER BY julianday(change.changed_at) DESC
LIMIT 1
