-- Among all rated in a year the best are excellent, as many as the quota allows; equal scores at its border share one fate.
-- Fewer fail than expected: the shortfall is reported once, on the lowest score of the year, until it is decided upon in writing.
-- Scores are counted in hundredths.
WITH rated AS (
    SELECT record, agent, lowered, quota_decision, state, day, year, cents FROM q_appraisal_scores WHERE year IS NOT NULL
), quota AS (
    SELECT year, COUNT(*) * param('excellent_max_pct', MAX(day)) / 100 AS most,
           (COUNT(*) * CAST(param('fail_min_pct', MAX(day)) AS INTEGER) + 99) / 100 AS least,
           SUM(cents < 100 * param('grade_pass_min', day)) AS failed,
           COUNT(quota_decision) AS decided,
           param('fail_quota', MAX(day)) AS mode
    FROM rated
    GROUP BY year
    HAVING SUM(state IN ('assess', 'review')) = 0
), best AS (
    SELECT rated.record, rated.agent, rated.lowered, CAST(quota.most AS INTEGER) AS most,
           CASE param('tie', rated.day)
               WHEN 'all_above' THEN (SELECT COUNT(*) FROM rated AS o WHERE o.year = rated.year AND o.cents > rated.cents) < CAST(quota.most AS INTEGER)
               ELSE (SELECT COUNT(*) FROM rated AS o WHERE o.year = rated.year AND o.cents >= rated.cents) <= quota.most
           END AS within_quota
    FROM rated
    JOIN quota ON quota.year = rated.year
    WHERE rated.cents >= 100 * param('grade_excellent_min', rated.day)
)
SELECT record,
       'lowered' AS field,
       CASE WHEN within_quota THEN agent || '的得分在优秀名额（' || most || '人）之内，不应定为良好'
            ELSE agent || '超出优秀名额（' || most || '人），应当定为良好' END AS message_zh,
       CASE WHEN within_quota THEN agent || ' is within the quota of ' || most || ' excellent and must not be lowered'
            ELSE agent || ' is beyond the quota of ' || most || ' excellent and must be graded good' END AS message_en,
       'REG-APPRAISAL/5' AS breaks
FROM best
WHERE within_quota = lowered
UNION ALL
SELECT (SELECT record FROM rated WHERE rated.year = quota.year ORDER BY cents, record LIMIT 1) AS record,
       'quota_decision' AS field,
       year || '年度不合格' || failed || '人，按比例应为' || least || '人，差' || (least - failed) || '人'
           || CASE mode WHEN 'warn' THEN '，应当书面决定' ELSE '' END AS message_zh,
       failed || ' failed in ' || year || ', ' || least || ' expected: quota short by ' || (least - failed)
           || CASE mode WHEN 'warn' THEN '; decide in writing' ELSE '' END AS message_en,
       'REG-APPRAISAL/5' AS breaks
FROM quota
WHERE failed < least AND (mode = 'enforce' OR decided = 0)
