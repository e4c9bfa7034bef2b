-- Compensation rests on the price at which the piece was issued (REG-UNIFORM/11).
SELECT
  p.record AS record,
  'items' AS field,
  '第' || p."row" || '行：单价' || printf('%.2f', p.price) || '元与发放记录不符' AS message_zh,
  'Line ' || p."row" || ': the price ' || printf('%.2f', p.price) || ' is not the one in the issue register' AS message_en,
  'REG-UNIFORM/11' AS breaks
FROM f_unireturn__items AS p
JOIN f_unireturn AS u ON u.record = p.record
JOIN records AS r ON r.record = p.record
WHERE
  r.state IN ('submitted', 'fulfilled', 'closed')
  AND NOT EXISTS (
    SELECT 1
    FROM f_uniissue__items AS i JOIN records AS s ON s.record = i.record
    WHERE
      i.receiver = u.staff AND i.item = p.item AND ABS(i.price - p.price) < 0.005
      AND s.state IN ('issued', 'received', 'closed')
  )
ORDER BY p.record, p."row";
