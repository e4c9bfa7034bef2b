-- The monthly publication says what the daily registers add up to, for everybody who stands in them.
WITH entry AS (
    SELECT publication.record, line.*, day.date
    FROM f_attendpub AS publication
    JOIN records AS published ON published.record = publication.record
        AND published.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    JOIN f_attend AS day ON substr(day.date, 1, 7) = substr(publication.month, 1, 7)
    JOIN records AS kept ON kept.record = day.record AND kept.state IN ('registered', 'closed')
    JOIN f_attend__attendance AS line ON line.record = day.record
), counted AS (
    SELECT record, staff,
           count(DISTINCT CASE WHEN kind <> 'overtime' THEN date END) AS planned_days,
           count(DISTINCT CASE WHEN actual_start IS NOT NULL AND kind <> 'overtime' THEN date END) AS present_days,
           sum(kind = 'late') AS late_times,
           sum(CASE WHEN kind = 'late' THEN minutes_late ELSE 0 END) AS late_min,
           sum(kind = 'early') AS early_times,
           sum(CASE WHEN kind = 'early' THEN minutes_early ELSE 0 END) AS early_min,
           sum(kind = 'off_post') AS off_post,
           sum(absent_days) AS absent_days,
           sum(kind = 'sick') AS sick, sum(kind = 'personal') AS personal, sum(kind = 'official') AS official,
           sum(kind = 'injury') AS injury, sum(kind = 'marriage') AS marriage, sum(kind = 'bereave') AS bereave,
           sum(kind = 'home') AS home, sum(kind = 'maternity') AS maternity, sum(kind = 'family') AS family,
           sum(kind = 'annual') AS annual, sum(kind = 'rest') AS rest,
           sum(CASE WHEN kind = 'overtime' THEN hours ELSE 0 END) AS overtime_h,
           sum(kind = 'dispatch') AS dispatch, sum(kind = 'study') AS study,
           coalesce(sum(hours), 0) AS hours
    FROM entry
    GROUP BY record, staff
), figure (record, staff, zh, en, said, is_so) AS (
    SELECT p.record, p.staff, '应出勤', 'planned days', p.planned_days, c.planned_days
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '实出勤', 'present days', p.present_days, c.present_days
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '迟到次数', 'times late', p.late_times, c.late_times
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '迟到分钟', 'minutes late', p.late_min, c.late_min
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '早退次数', 'times left early', p.early_times, c.early_times
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '早退分钟', 'minutes left early', p.early_min, c.early_min
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '脱岗次数', 'times off the post', p.off_post, c.off_post
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '旷工日数', 'days absent', p.absent_days, c.absent_days
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '病假', 'sick leave', p.sick, c.sick
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '事假', 'personal leave', p.personal, c.personal
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '公假', 'official leave', p.official, c.official
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '工伤', 'work injury', p.injury, c.injury
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '婚假', 'marriage leave', p.marriage, c.marriage
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '丧假', 'bereavement leave', p.bereave, c.bereave
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '探亲假', 'home leave', p.home, c.home
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '产假', 'maternity leave', p.maternity, c.maternity
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '护理假和育儿假', 'family leave', p.family, c.family
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '年休假', 'annual leave', p.annual, c.annual
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '调休', 'days off in lieu', p.rest, c.rest
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '加班小时', 'hours of overtime', p.overtime_h, c.overtime_h
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '临时调度', 'dispatch', p.dispatch, c.dispatch
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '学习', 'training', p.study, c.study
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
    UNION ALL SELECT p.record, p.staff, '总工时', 'hours in all', p.hours, c.hours
    FROM f_attendpub__people AS p JOIN counted AS c USING (record, staff)
)
SELECT record,
       'people' AS field,
       staff || zh || '公布为' || coalesce(said, 0) || '，逐日登记合计为' || round(is_so, 2) AS message_zh,
       staff || ', ' || en || ': ' || coalesce(said, 0) || ' published, ' || round(is_so, 2) || ' by the daily registers' AS message_en,
       'REG-ATTEND/1' AS breaks
FROM figure
WHERE abs(coalesce(said, 0) - is_so) > 0.005
UNION ALL
SELECT counted.record,
       'people',
       counted.staff || '有考勤登记，公布表上没有此人',
       counted.staff || ' stands in the registers but not in the publication',
       'REG-ATTEND/1'
FROM counted
WHERE NOT EXISTS (
    SELECT 1 FROM f_attendpub__people AS p WHERE p.record = counted.record AND p.staff = counted.staff)
