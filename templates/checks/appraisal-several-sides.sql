-- Where people are appraised from several sides, everybody who was has been so from each side that the way in use asks for,
-- as soon as the time for appraisal after the period is over.
WITH sheet AS (
    SELECT paper.*, records.day
    FROM f_appr360 AS paper
    JOIN records ON records.record = paper.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), asked(model, kind, zh, en, clause) AS (
    VALUES ('self_manager_peer', 'self', '自评', 'self', 'REG-APPRAISAL/7'),
           ('self_manager_peer', 'superior', '上级评价', 'the superior', 'REG-APPRAISAL/7'),
           ('self_manager_peer', 'peer', '同事评价', 'a peer', 'REG-APPRAISAL/7'),
           ('self_superior_customer', 'self', '自评', 'self', 'REG-APPRAISAL/8'),
           ('self_superior_customer', 'superior', '上级评价', 'the superior', 'REG-APPRAISAL/8'),
           ('self_superior_customer', 'customer', '客户评价', 'a customer', 'REG-APPRAISAL/8')
)
SELECT min(sheet.record) AS record,
       'rater_kind' AS field,
       sheet.agent || '自' || sheet.period_from || '起的周期缺少' || asked.zh AS message_zh,
       sheet.agent || ' was not rated by ' || asked.en || ' for the period from ' || sheet.period_from AS message_en,
       asked.clause AS breaks
FROM sheet
JOIN asked ON asked.model = param('appraisal_model', sheet.day)
WHERE date(sheet.period_to, '+' || param('appr_days', sheet.day) || ' days') < today()
GROUP BY sheet.agent, sheet.period, sheet.period_from, asked.kind
HAVING NOT EXISTS (
    SELECT 1 FROM sheet AS side
    WHERE side.agent = sheet.agent AND side.period = sheet.period AND side.period_from = sheet.period_from
      AND side.rater_kind = asked.kind)
