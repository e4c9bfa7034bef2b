-- Personalised services that a person finished earlier in the month of this record.
SELECT COUNT(*)
FROM f_specialsvc AS service
JOIN records ON records.record = service.record
WHERE service.kind = 'personal' AND service.provider = :provider AND service.record <> :record
  AND substr(records.day, 1, 7) = substr(:day, 1, 7)
  AND datetime(service.done_at) < datetime(:done_at)
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
