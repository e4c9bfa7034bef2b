-- A measure that a survey report demanded is taken up in an improvement sheet before it is due (REG-SURVEY/3).
SELECT line.record AS record,
       'measures' AS field,
       '第' || line."no" || '项改进要求到期时仍未立改进措施单' AS message_zh,
       'Measure ' || line."no" || ' fell due without an improvement sheet' AS message_en,
       'REG-SURVEY/3' AS breaks
FROM f_surveyrpt__measures AS line
JOIN records ON records.record = line.record
WHERE records.state = 'closed'
  AND line.due < today()
  AND line.improvement IS NULL
  AND NOT EXISTS (
      SELECT 1
      FROM f_improve AS sheet
      JOIN records AS opened ON opened.record = sheet.record
      WHERE sheet.source = line.record
        AND sheet.dept = line.dept
        AND opened.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  )
