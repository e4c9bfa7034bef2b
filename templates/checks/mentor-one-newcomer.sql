-- One mentor for one newcomer at a time, and one newcomer for one mentor; the later record is reported.
WITH pair AS (
    SELECT sheet.*, records.created_at
    FROM f_mentor AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT later.record AS record,
       CASE WHEN later.mentor = earlier.mentor THEN 'mentor' ELSE 'newcomer' END AS field,
       CASE WHEN later.mentor = earlier.mentor THEN '带教人' || later.mentor || '同期还带教' || earlier.newcomer
            ELSE '新员工' || later.newcomer || '同期还有带教人' || earlier.mentor END || '（' || earlier.record || '）' AS message_zh,
       CASE WHEN later.mentor = earlier.mentor THEN 'Mentor ' || later.mentor || ' also has ' || earlier.newcomer
            ELSE 'Newcomer ' || later.newcomer || ' also has ' || earlier.mentor END || ' at the time (' || earlier.record || ')' AS message_en,
       'REG-TRAIN/8' AS breaks
FROM pair AS later
JOIN pair AS earlier ON (earlier.begins_on, earlier.record) < (later.begins_on, later.record)
    AND (earlier.mentor = later.mentor OR earlier.newcomer = later.newcomer)
    AND earlier.begins_on <= later.ends_on AND later.begins_on <= earlier.ends_on
