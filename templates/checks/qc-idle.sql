-- A circle meets as often as required in each full month of its topic. One that has been idle for longer than allowed has
-- explained itself; while an explanation holds, no meeting is owed.
WITH RECURSIVE meeting AS (
    SELECT act.topic, act.date, act.concludes
    FROM f_qcact AS act
    JOIN records ON records.record = act.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), stop AS (
    SELECT paper.topic, paper.since, coalesce(paper.resume_on, '9999-12-31') AS until, paper.given_up
    FROM f_qcstop AS paper
    JOIN records ON records.record = paper.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), open AS (
    SELECT topic.record, records.day, topic.registered_on,
           (SELECT max(date) FROM meeting WHERE meeting.topic = topic.record) AS last,
           coalesce((SELECT min(date) FROM meeting WHERE meeting.topic = topic.record AND concludes = 1), today()) AS ends
    FROM f_qcreg AS topic
    JOIN records ON records.record = topic.record AND records.state = 'closed'
), month(record, day, first, ends) AS (
    SELECT record, day, date(registered_on, 'start of month', '+1 month'), ends FROM open
    UNION ALL
    SELECT record, day, date(first, '+1 month'), ends FROM month WHERE date(first, '+2 months') <= ends
)
SELECT open.record AS record,
       'group' AS field,
       '自' || coalesce(last, registered_on) || '起停止活动超过' || param('qc_stop_max_months', day) || '个月，没有说明' AS message_zh,
       'Idle since ' || coalesce(last, registered_on) || ', longer than ' || param('qc_stop_max_months', day)
         || ' months, without an explanation' AS message_en,
       'REG-QC/4' AS breaks
FROM open
WHERE ends = today()
  AND date(coalesce(last, registered_on), '+' || param('qc_stop_max_months', day) || ' months') < today()
  AND NOT EXISTS (
      SELECT 1 FROM stop
      WHERE stop.topic = open.record AND stop.until >= today() AND stop.since >= coalesce(open.last, stop.since))
UNION ALL
SELECT month.record,
       'group',
       substr(month.first, 1, 7) || '活动少于' || param('qc_min_per_month', month.day) || '次',
       'Fewer than ' || param('qc_min_per_month', month.day) || ' meetings in ' || substr(month.first, 1, 7),
       'REG-QC/6'
FROM month
WHERE date(month.first, '+1 month') <= month.ends
  AND (SELECT count(*) FROM meeting
       WHERE meeting.topic = month.record AND substr(meeting.date, 1, 7) = substr(month.first, 1, 7))
      < param('qc_min_per_month', month.day)
  AND NOT EXISTS (
      SELECT 1 FROM stop
      WHERE stop.topic = month.record AND stop.since < date(month.first, '+1 month') AND stop.until >= month.first)
