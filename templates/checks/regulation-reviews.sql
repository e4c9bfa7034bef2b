-- A review goes back to the one before it, the next one is due in time, and what was decided has come into force by its date.
WITH done AS (
    SELECT paper.record, paper.date, coalesce(paper.reg, 'handbook') AS subject, paper.reg, paper.last_review, paper.version,
           paper.change, paper.new_version, paper.effective_by, records.day, records.state
    FROM f_regreview AS paper
    JOIN records ON records.record = paper.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT later.record AS record,
       'last_review' AS field,
       '上次评估是' || earlier.date || '（' || earlier.record || '）' AS message_zh,
       'The last review was on ' || earlier.date || ' (' || earlier.record || ')' AS message_en,
       'REG-GOV/2' AS breaks
FROM done AS later
JOIN done AS earlier ON earlier.subject = later.subject AND earlier.date < later.date AND earlier.date > later.last_review
UNION ALL
SELECT record,
       'date',
       '自本次评估起已超过' || param('reg_review_months', day) || '个月，没有再次评估',
       'More than ' || param('reg_review_months', day) || ' months have passed since and it was not reviewed again',
       'REG-GOV/2'
FROM done
WHERE change <> 'abolish'
  AND date(date, '+' || param('reg_review_months', day) || ' months') < today()
  AND NOT EXISTS (SELECT 1 FROM done AS later WHERE later.subject = done.subject AND later.date > done.date)
UNION ALL
SELECT record,
       'version',
       reg || '当日有效的不是第' || version || '版',
       'Revision ' || version || ' of ' || reg || ' was not in force on that day',
       'REG-GOV/5'
FROM done
WHERE reg IS NOT NULL AND in_force(reg, date) IS NOT version
UNION ALL
SELECT record,
       'effective_by',
       reg || '没有按期发布第' || new_version || '版',
       'Revision ' || new_version || ' of ' || reg || ' did not come into force by its date',
       'REG-GOV/5'
FROM done
WHERE state = 'closed' AND change = 'revise' AND effective_by < today()
  AND coalesce(in_force(reg, effective_by), 0) < new_version
