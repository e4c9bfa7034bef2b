-- When a topic is concluded, the four kinds of originals are all there: statements, data, comparisons and proposals.
WITH activity AS (
    SELECT act.record, act.topic, act.data, act.concludes
    FROM f_qcact AS act
    JOIN records ON records.record = act.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), held AS (
    SELECT activity.topic, 'speeches' AS kind FROM activity JOIN f_qcact__speeches AS one ON one.record = activity.record
    UNION SELECT topic, 'data' FROM activity WHERE data <> ''
    UNION SELECT activity.topic, 'comparisons' FROM activity JOIN f_qcact__comparisons AS one ON one.record = activity.record
    UNION SELECT activity.topic, 'proposals' FROM activity JOIN f_qcact__proposals AS one ON one.record = activity.record
), wanted(kind, zh, en) AS (
    VALUES ('speeches', '成员发言', 'statements'), ('data', '数据原件', 'data'),
           ('comparisons', '对比', 'comparisons'), ('proposals', '建议和修订的标准', 'proposals')
)
SELECT activity.record AS record,
       wanted.kind AS field,
       '课题结束，' || activity.topic || '的历次活动没有留下' || wanted.zh AS message_zh,
       'The topic is concluded and none of its meetings holds any ' || wanted.en AS message_en,
       'REG-QC/7' AS breaks
FROM activity
JOIN wanted
WHERE activity.concludes = 1
  AND NOT EXISTS (SELECT 1 FROM held WHERE held.topic = activity.topic AND held.kind = wanted.kind)
