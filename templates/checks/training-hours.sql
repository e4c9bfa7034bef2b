-- When the year that a department planned is over, whoever took part in training, is no newcomer of that year and has not left
-- in it has had the hours required.
WITH attended AS (
    SELECT person.staff, substr(session.date, 1, 4) AS year, SUM(session.hours) AS hours,
           MAX(session.kind = 'onboarding') AS newcomer
    FROM f_trainrec AS session
    JOIN records AS held ON held.record = session.record AND held.state IN ('held', 'closed')
    JOIN f_trainrec__attendees AS person ON person.record = session.record
    GROUP BY person.staff, substr(session.date, 1, 4)
)
SELECT plan.record AS record,
       'year_from' AS field,
       attended.staff || '在' || attended.year || '年参加培训' || round(attended.hours, 1) || '学时，不足规定学时' AS message_zh,
       attended.staff || ' had ' || round(attended.hours, 1) || ' hours of training in ' || attended.year || ', fewer than required' AS message_en,
       'REG-TRAIN/2' AS breaks
FROM f_trainplan AS plan
JOIN records ON records.record = plan.record AND records.state = 'closed'
JOIN attended ON attended.year = substr(plan.year_from, 1, 4)
WHERE substr(today(), 1, 4) > attended.year
  AND attended.newcomer = 0
  AND NOT EXISTS (
    SELECT 1 FROM f_offboard AS leaver
    JOIN records AS left ON left.record = leaver.record AND left.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    WHERE leaver.staff = attended.staff AND substr(leaver.last_day, 1, 4) = attended.year)
  AND EXISTS (
    SELECT 1 FROM f_trainrec__attendees AS person
    JOIN records AS session ON session.record = person.record AND session.org_unit = plan.dept
    WHERE person.staff = attended.staff AND substr(session.day, 1, 4) = attended.year)
  AND attended.hours < param('train_hours_year', records.day)
