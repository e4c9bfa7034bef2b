-- Each route is patrolled within the days allowed after the last time, and so are the grounds by the head of the office;
-- the patrol that began the gap is reported (REG-PROP/11).
WITH patrol AS (
    SELECT sheet.record, sheet.level,
           CASE sheet.level WHEN 'manager' THEN '' ELSE sheet.route END AS route,
           records.day,
           param(CASE sheet.level WHEN 'manager' THEN 'patrol_manager_days' ELSE 'patrol_days' END, records.day) AS allowed
    FROM f_patrol AS sheet
    JOIN records ON records.record = sheet.record
    WHERE sheet.level IN ('area', 'manager')
      AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), followed AS (
    SELECT patrol.*, lead(day, 1, today()) OVER (PARTITION BY level, route ORDER BY day, record) AS next_day
    FROM patrol
)
SELECT record,
       'at' AS field,
       CASE level WHEN 'manager' THEN '经理巡查' ELSE '路线' || route END || '在' || day || '之后超过' || allowed || '日没有巡查' AS message_zh,
       CASE level WHEN 'manager' THEN 'The head of the office' ELSE 'Route ' || route END
         || ': no patrol within ' || allowed || ' days after ' || day AS message_en,
       'REG-PROP/11' AS breaks
FROM followed
WHERE next_day > date(day, '+' || allowed || ' days')
