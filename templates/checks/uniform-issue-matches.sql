-- What is issued is what was requested: same person, same department, listed item, not more, not before (REG-UNIFORM/6).
WITH
line AS (
  SELECT
    i.record, CAST(i."no" AS INTEGER) AS line, i.date, i.receiver, i.dept, i.item, i.qty, i.application,
    SUM(i.qty) OVER (
      PARTITION BY i.application, i.item
      ORDER BY i.date, i.record, CAST(i."no" AS INTEGER) ROWS UNBOUNDED PRECEDING
    ) AS issued
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
),
wanted AS (
  SELECT record, item, SUM(qty) AS qty FROM f_uniapply__items GROUP BY record, item
),
finding (record, line, zh, en) AS (
  SELECT l.record, l.line, '领用人不是申请人', 'the receiver is not the applicant'
  FROM line AS l JOIN f_uniapply AS a ON a.record = l.application
  WHERE l.receiver <> a.applicant
  UNION ALL
  SELECT l.record, l.line, '部门与申请表不一致', 'the department differs from the requisition'
  FROM line AS l JOIN f_uniapply AS a ON a.record = l.application
  WHERE l.dept <> a.dept
  UNION ALL
  SELECT l.record, l.line, '领用日期早于申请日期 ' || a.date, 'issued before the requisition of ' || a.date
  FROM line AS l JOIN f_uniapply AS a ON a.record = l.application
  WHERE l.date < a.date
  UNION ALL
  SELECT
    l.record, l.line,
    '累计发放' || l.issued || '件，申请表只有' || COALESCE(w.qty, 0) || '件',
    l.issued || ' pieces issued so far, ' || COALESCE(w.qty, 0) || ' requested'
  FROM line AS l
  JOIN f_uniapply AS a ON a.record = l.application
  LEFT JOIN wanted AS w ON w.record = l.application AND w.item = l.item
  WHERE l.issued > COALESCE(w.qty, 0)
)
SELECT
  record,
  'items' AS field,
  '第' || line || '行：' || zh AS message_zh,
  'Line ' || line || ': ' || en AS message_en,
  'REG-UNIFORM/6' AS breaks
FROM finding
ORDER BY record, line;
