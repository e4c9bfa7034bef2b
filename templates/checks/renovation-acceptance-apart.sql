-- Who inspected the work at a unit does not accept it (REG-RENOV/10).
SELECT acceptance.record AS record,
       'inspector' AS field,
       acceptance.inspector || '参加过该户的装修巡查（' || min(inspection.record) || '），不得担任验收人' AS message_zh,
       acceptance.inspector || ' inspected this work before (' || min(inspection.record) || ') and cannot accept it' AS message_en,
       'REG-RENOV/10' AS breaks
FROM f_renovaccept AS acceptance
JOIN records ON records.record = acceptance.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_renovinspect AS inspection ON inspection.permit = acceptance.permit AND inspection.inspector = acceptance.inspector
JOIN records AS sheet ON sheet.record = inspection.record AND sheet.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
GROUP BY acceptance.record
