-- Nobody takes the post before education in both topics, held together or apart (REG-CONF/9). A newcomer is who first
-- appears on a duty log after the department has begun to keep these records.
WITH taught AS (
    SELECT edu.record, edu.staff, edu.date, edu.topics, edu.occasion, edu.first_duty_on
    FROM f_safetyedu AS edu
    JOIN records ON records.record = edu.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
),
on_duty AS (
    SELECT person.staff, log.duty_date, log.record
    FROM f_dutylog__on_duty AS person
    JOIN f_dutylog AS log ON log.record = person.record
    JOIN records ON records.record = log.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
),
first_seen AS (
    SELECT staff, min(duty_date) AS duty_date FROM on_duty GROUP BY staff
),
newcomer AS (
    SELECT staff, duty_date,
           (SELECT min(record) FROM on_duty AS log
            WHERE log.staff = first_seen.staff AND log.duty_date = first_seen.duty_date) AS record
    FROM first_seen
    WHERE duty_date > (SELECT min(date) FROM taught)
)
SELECT pre.record AS record,
       'topics' AS field,
       '首次上岗（' || pre.first_duty_on || '）前缺少' || CASE topic.code WHEN 'safety' THEN '安全' ELSE '保密' END || '教育' AS message_zh,
       'No ' || CASE topic.code WHEN 'safety' THEN 'safety' ELSE 'secrecy' END
         || ' education before the first day of duty, ' || pre.first_duty_on AS message_en,
       'REG-CONF/9' AS breaks
FROM taught AS pre
JOIN (SELECT 'safety' AS code UNION ALL SELECT 'secrecy') AS topic
WHERE pre.occasion = 'pre_duty' AND pre.first_duty_on <= today()
  AND pre.record = (SELECT min(record) FROM taught AS one WHERE one.staff = pre.staff AND one.occasion = 'pre_duty')
  AND NOT EXISTS (
        SELECT 1 FROM taught
        WHERE taught.staff = pre.staff AND taught.date <= pre.first_duty_on
          AND instr(taught.topics, topic.code) > 0)
UNION ALL
SELECT newcomer.record,
       'on_duty',
       newcomer.staff || '首次上岗，没有上岗前的安全和保密教育记录',
       newcomer.staff || ' is on duty for the first time without any safety and secrecy education before',
       'REG-CONF/9'
FROM newcomer
WHERE NOT EXISTS (SELECT 1 FROM taught WHERE taught.staff = newcomer.staff AND taught.date <= newcomer.duty_date)
