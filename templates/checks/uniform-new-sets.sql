-- Several newcomer's requisitions of one person together stay within the sets of REG-UNIFORM/5; the form itself judges
-- a single one.
WITH request AS (
  SELECT
    a.record, a.applicant, r.day,
    SUM(a.sets) OVER earlier AS sets,
    ROW_NUMBER() OVER earlier AS nth
  FROM f_uniapply AS a JOIN records AS r ON r.record = a.record
  WHERE a.reason = 'new' AND r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
  WINDOW earlier AS (PARTITION BY a.applicant ORDER BY r.day, a.record ROWS UNBOUNDED PRECEDING)
)
SELECT
  record,
  'sets' AS field,
  '连同此前的申请，新入职已申领' || sets || '套，标准为' || CAST(param('uniform_sets', day) AS INTEGER) || '套' AS message_zh,
  'With earlier requisitions the newcomer has asked for ' || sets || ' sets; the standard is '
    || CAST(param('uniform_sets', day) AS INTEGER) AS message_en,
  'REG-UNIFORM/5' AS breaks
FROM request
WHERE nth > 1 AND sets > CAST(param('uniform_sets', day) AS INTEGER)
ORDER BY record;
