-- A newcomer's onboarding, in one session or several, covers company, culture, duties, workflow and norms.
-- It is judged once the probation is assessed.
WITH topic (code, zh, en) AS (
    VALUES ('company', '公司概况', 'company'), ('culture', '企业文化', 'culture'), ('duties', '岗位职责', 'duties'),
           ('workflow', '工作流程', 'workflow'), ('norms', '行为规范', 'norms')
), missing AS (
    SELECT probation.record, probation.staff, topic.zh, topic.en
    FROM f_probation AS probation
    JOIN records ON records.record = probation.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    CROSS JOIN topic
    WHERE NOT EXISTS (
        SELECT 1 FROM f_trainrec AS session
        JOIN records AS held ON held.record = session.record AND held.state IN ('held', 'closed')
        JOIN f_trainrec__attendees AS person ON person.record = session.record
        WHERE session.kind = 'onboarding' AND person.staff = probation.staff AND session.topics LIKE '%' || topic.code || '%')
)
SELECT record,
       'staff' AS field,
       staff || '的入职培训缺少：' || group_concat(zh, '、') AS message_zh,
       'Onboarding of ' || staff || ' lacks: ' || group_concat(en, ', ') AS message_en,
       'REG-TRAIN/1' AS breaks
FROM missing
GROUP BY record, staff
