-- A leaver's sheet lists every piece still held on the last day: issued, neither scrapped nor lost, nor settled when the
-- person left once before (REG-UNIFORM/11).
WITH
movement (record, staff, item, day, qty) AS (
  SELECT i.record, i.receiver, i.item, i.date, i.qty
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
  UNION ALL
  SELECT s.record, s.staff, x.item, r.day, -x.qty
  FROM f_uniscrap AS s JOIN f_uniscrap__items AS x ON x.record = s.record JOIN records AS r ON r.record = s.record
  WHERE s.source = 'in_use' AND r.state IN ('approved', 'closed')
  UNION ALL
  SELECT d.record, d.staff, d.item, r.day, -1
  FROM f_unidamage AS d JOIN records AS r ON r.record = d.record
  WHERE d.kind = 'lost' AND r.state = 'closed'
  UNION ALL
  SELECT e.record, e.staff, y.item, e.leave_date, -1
  FROM f_unireturn AS e JOIN f_unireturn__items AS y ON y.record = e.record JOIN records AS r ON r.record = e.record
  WHERE r.state IN ('submitted', 'fulfilled', 'closed')
),
held AS (
  SELECT u.record, m.item, SUM(m.qty) AS qty
  FROM f_unireturn AS u JOIN movement AS m ON m.staff = u.staff AND m.record <> u.record AND m.day <= u.leave_date
  GROUP BY u.record, m.item
),
listed AS (
  SELECT record, item, COUNT(*) AS qty FROM f_unireturn__items GROUP BY record, item
)
SELECT
  u.record AS record,
  'items' AS field,
  g.zh || '领用未注销' || h.qty || '件，表中只列出' || COALESCE(l.qty, 0) || '件' AS message_zh,
  h.qty || ' ' || g.en || ' are still held, ' || COALESCE(l.qty, 0) || ' are listed' AS message_en,
  'REG-UNIFORM/11' AS breaks
FROM f_unireturn AS u
JOIN records AS r ON r.record = u.record
JOIN held AS h ON h.record = u.record
JOIN q_garments AS g ON g.item = h.item
LEFT JOIN listed AS l ON l.record = u.record AND l.item = h.item
WHERE r.state IN ('submitted', 'fulfilled', 'closed') AND h.qty > COALESCE(l.qty, 0)
ORDER BY u.record, h.item;
