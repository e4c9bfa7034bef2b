-- Compensation is computed from the issue that the report cites; that issue must be of this item to this person
-- (REG-UNIFORM/8).
SELECT
  d.record AS record,
  'issue' AS field,
  d.issue || ' 不是该员工领用该款制服的记录' AS message_zh,
  d.issue || ' is not an issue of this item to this member of staff' AS message_en,
  'REG-UNIFORM/8' AS breaks
FROM f_unidamage AS d
JOIN records AS r ON r.record = d.record
WHERE
  r.state NOT IN ('draft', 'rejected', 'returned', 'withdrawn', 'void')
  AND NOT EXISTS (
    SELECT 1
    FROM f_uniissue__items AS i JOIN records AS s ON s.record = i.record
    WHERE
      i.record || '#' || i."no" = d.issue AND i.receiver = d.staff AND i.item = d.item
      AND s.state IN ('issued', 'received', 'closed')
  )
ORDER BY d.record;
