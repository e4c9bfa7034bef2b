-- A special appraisal answers a complaint that was found to be major.
SELECT paper.record AS record,
       'trigger' AS field,
       complaint.record || '核定为一般投诉，不需要专项考核' AS message_zh,
       complaint.record || ' was found to be minor and asks for no special appraisal' AS message_en,
       'REG-APPRAISAL/8' AS breaks
FROM f_apprspecial AS paper
JOIN records ON records.record = paper.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_complaint AS complaint ON complaint.record = paper.trigger
WHERE complaint.confirmed_level = 'minor'
