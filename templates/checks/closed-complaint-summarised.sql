-- Every closed complaint has its summary within the days allowed.
-- "Now" is the newest record of the workspace, so that the same files always give the same answer.
SELECT complaint.record AS record,
       'summary' AS field,
       '投诉结案已超过' || param('compsum_days', closed.day) || '日，没有投诉总结' AS message_zh,
       'Closed more than ' || param('compsum_days', closed.day) || ' days ago and not summarised' AS message_en,
       'REG-COMPLAINT/6' AS breaks
FROM f_complaint AS complaint
JOIN records AS closed ON closed.record = complaint.record AND closed.state = 'closed'
WHERE julianday((SELECT max(datetime(created_at)) FROM records))
      > julianday(complaint.closed_at) + param('compsum_days', closed.day)
  AND NOT EXISTS (
    SELECT 1 FROM f_compsum AS summary
    JOIN records AS written ON written.record = summary.record
    WHERE summary.complaint = complaint.record
      AND written.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
