-- Where every customer is visited, each service record and complaint of a known customer that was solved longer ago than the
-- time allowed has a follow-up about it (REG-REVISIT/4).
WITH solved AS (
    SELECT record, customer, substr(solved_at, 1, 10) AS day FROM f_svcrec
    UNION ALL
    SELECT record, customer, substr(solved_at, 1, 10) FROM f_complaint
)
SELECT solved.record AS record,
       'solved_at' AS field,
       '解决后没有按时回访客户' AS message_zh,
       'The customer was not visited in time after this was solved' AS message_en,
       'REG-REVISIT/4' AS breaks
FROM solved
JOIN records ON records.record = solved.record
WHERE solved.customer IS NOT NULL
  AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND param('revisit_all', records.day) = 1
  AND date(solved.day, '+' || param('revisit_days', records.day) || ' days') < today()
  AND NOT EXISTS (
      SELECT 1
      FROM f_revisit AS visit
      JOIN records AS visited ON visited.record = visit.record
      WHERE visit.source = solved.record AND visited.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  )
