-- Administration issues only against a requisition that the head of department has signed (REG-UNIFORM/6).
SELECT
  i.record AS record,
  'items' AS field,
  '第' || i."no" || '行：领用申请 ' || i.application || ' 尚未经部门负责人同意，或者已经失效' AS message_zh,
  'Line ' || i."no" || ': requisition ' || i.application || ' is not agreed by the head of department, or no longer valid'
    AS message_en,
  'REG-UNIFORM/6' AS breaks
FROM f_uniissue__items AS i
JOIN records AS r ON r.record = i.record
LEFT JOIN records AS a ON a.record = i.application AND a.form = 'F-UNIAPPLY'
WHERE
  r.state IN ('issued', 'received', 'closed')
  AND (a.record IS NULL OR a.state NOT IN ('dept_approved', 'closed'))
ORDER BY i.record, CAST(i."no" AS INTEGER);
