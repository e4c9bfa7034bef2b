-- A delay names the date that the task really had: its first one or one that the issuer set later.
SELECT delay.record AS record,
       'old_due' AS field,
       '原定完成时间与' || task.record || '的限定时间不一致' AS message_zh,
       'This is not a date that ' || task.record || ' was due' AS message_en,
       'REG-TASK/5' AS breaks
FROM f_delay AS delay
JOIN records ON records.record = delay.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_task AS task ON task.record = delay.task
WHERE julianday(delay.old_due) <> julianday(task.due)
  AND NOT EXISTS (
      SELECT 1 FROM f_task__rulings AS ruling
      WHERE ruling.record = task.record AND julianday(ruling.new_due) = julianday(delay.old_due))
