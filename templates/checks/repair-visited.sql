-- The follow-up that a repair order names was made about this very order (REG-PROP/2).
SELECT repair.record AS record,
       'revisit' AS field,
       '回访' || visit.record || '不是针对本单的' AS message_zh,
       'The visit ' || visit.record || ' was about another matter' AS message_en,
       'REG-PROP/2' AS breaks
FROM f_repair AS repair
JOIN records ON records.record = repair.record AND records.state = 'closed'
JOIN f_revisit AS visit ON visit.record = repair.revisit
WHERE visit.source IS NOT repair.record
