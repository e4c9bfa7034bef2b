-- A renewal cites the applicant's own last issue of a requested item; citing an older one hides that the item is not yet
-- due (REG-UNIFORM/9). The form itself judges the years since the issue that is cited.
WITH
request AS (
  SELECT a.record, a.applicant, a.date, a.last_issue, CAST(param('uniform_renew_years', r.day) AS INTEGER) AS years
  FROM f_uniapply AS a JOIN records AS r ON r.record = a.record
  WHERE a.reason = 'renew' AND r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
),
issue AS (
  SELECT i.record, i."no" AS line, i.receiver, i.item, i.date, i.application
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
),
related AS (
  SELECT
    q.record AS request, q.date AS requested, q.years, q.last_issue,
    i.record || '#' || i.line AS place, i.record, i.date
  FROM request AS q
  JOIN issue AS i ON i.receiver = q.applicant AND i.application <> q.record AND i.date <= q.date
  WHERE i.item IN (SELECT w.item FROM f_uniapply__items AS w WHERE w.record = q.record)
)
SELECT
  q.record AS record,
  'last_issue' AS field,
  q.last_issue || ' 不是申请人领用所申请款式的记录' AS message_zh,
  q.last_issue || ' is not an issue of a requested item to the applicant' AS message_en,
  'REG-UNIFORM/9' AS breaks
FROM request AS q
WHERE q.last_issue IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM related AS t WHERE t.request = q.record AND q.last_issue IN (t.place, t.record)
)
UNION ALL
SELECT
  t.request,
  'last_issue',
  t.date || ' 已领用过（' || t.place || '），未满' || t.years || '年',
  'Already issued on ' || t.date || ' (' || t.place || '), less than ' || t.years || ' years ago',
  'REG-UNIFORM/9'
FROM related AS t
WHERE (t.last_issue IS NULL OR t.last_issue NOT IN (t.place, t.record)) AND date(t.date, '+' || t.years || ' years') > t.requested
ORDER BY 1;
