-- Pay and promotion follow the annual grade they rest on, and that grade is the person's own. Scores are counted in hundredths.
WITH decided AS (
    SELECT paper.record, paper.staff, paper.basis AS grounds, paper.percent, 'basis' AS field
    FROM f_salaryadj AS paper
    JOIN records ON records.record = paper.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    UNION ALL
    SELECT paper.record, paper.staff, paper.results, NULL, 'results'
    FROM f_promotion AS paper
    JOIN records ON records.record = paper.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), rested AS (
    SELECT decided.*, graded.record AS sheet, graded.agent,
           graded.cents >= 100 * param('grade_excellent_min', graded.day) AND graded.lowered = 0 AS excellent,
           graded.cents < 100 * param('grade_pass_min', graded.day) AS failed
    FROM decided
    JOIN q_appraisal_scores AS graded ON instr('、' || decided.grounds || '、', '、' || graded.record || '、') > 0
)
SELECT record,
       field,
       CASE WHEN agent <> staff THEN sheet || '不是' || staff || '的考评'
            WHEN percent < 0 THEN '年度考评优秀，却降低薪酬（' || sheet || '）'
            WHEN percent > 0 THEN '年度考评不合格，却提高薪酬（' || sheet || '）'
            ELSE '年度考评不合格，却申请晋升（' || sheet || '）' END AS message_zh,
       CASE WHEN agent <> staff THEN sheet || ' is not an appraisal of ' || staff
            WHEN percent < 0 THEN 'Graded excellent and paid less (' || sheet || ')'
            WHEN percent > 0 THEN 'Failed and paid more (' || sheet || ')'
            ELSE 'Failed and put up for promotion (' || sheet || ')' END AS message_en,
       'REG-APPRAISAL/6' AS breaks
FROM rested
WHERE agent <> staff
   OR (excellent AND percent < 0)
   OR (failed AND coalesce(percent, 1) > 0)
