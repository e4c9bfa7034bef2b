-- A replacement rests on the applicant's own confirmed damage report or scrap application for that item, used once
-- (REG-UNIFORM/8 and 10).
WITH
request AS (
  SELECT
    a.record, a.applicant, a.basis, b.form, b.state,
    ROW_NUMBER() OVER (PARTITION BY a.basis ORDER BY r.day, a.record) AS nth
  FROM f_uniapply AS a
  JOIN records AS r ON r.record = a.record
  LEFT JOIN records AS b ON b.record = a.basis
  WHERE
    a.reason = 'replace' AND a.basis IS NOT NULL
    AND r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
),
lost (basis, staff, item, qty) AS (
  SELECT record, staff, item, 1 FROM f_unidamage
  UNION ALL
  SELECT s.record, s.staff, x.item, SUM(x.qty)
  FROM f_uniscrap AS s JOIN f_uniscrap__items AS x ON x.record = s.record
  WHERE s.source = 'in_use'
  GROUP BY s.record, s.staff, x.item
),
finding (record, form, zh, en) AS (
  SELECT q.record, q.form, '尚未经部门负责人同意，或者已经失效', 'is not agreed by the head of department, or no longer valid'
  FROM request AS q
  WHERE q.state IS NULL OR q.state NOT IN ('dept_approved', 'approved', 'closed')
  UNION ALL
  SELECT q.record, q.form, '已作过一次补领依据', 'has already served for another replacement'
  FROM request AS q
  WHERE q.nth > 1
  UNION ALL
  SELECT
    q.record, q.form,
    '没有说明申请人的同款制服需要补领' || SUM(w.qty) || '件',
    'does not show that ' || SUM(w.qty) || ' of the applicant''s own pieces of this kind need replacing'
  FROM request AS q
  JOIN f_uniapply__items AS w ON w.record = q.record
  LEFT JOIN lost AS l ON l.basis = q.basis AND l.staff = q.applicant AND l.item = w.item
  GROUP BY q.record, q.form, w.item
  HAVING SUM(w.qty) > COALESCE(MAX(l.qty), 0)
)
SELECT
  f.record AS record,
  'basis' AS field,
  a.basis || ' ' || f.zh AS message_zh,
  a.basis || ' ' || f.en AS message_en,
  CASE f.form WHEN 'F-UNISCRAP' THEN 'REG-UNIFORM/10' ELSE 'REG-UNIFORM/8' END AS breaks
FROM finding AS f JOIN f_uniapply AS a ON a.record = f.record
ORDER BY f.record;
