-- The task order that an action of a meeting names goes to its owner and asks for it by its date.
SELECT action.record AS record,
       'actions' AS field,
       '第' || action.no || '项的任务复命单' || task.record || CASE
           WHEN task.receiver <> action.owner THEN '不是交给' || action.owner || '的' ELSE '期限晚于议定的期限' END AS message_zh,
       task.record || ', the order for action ' || action.no || ', ' || CASE
           WHEN task.receiver <> action.owner THEN 'is not for ' || action.owner ELSE 'is due later than decided' END AS message_en,
       'REG-MEETING/6' AS breaks
FROM f_meeting__actions AS action
JOIN records ON records.record = action.record
    AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_task AS task ON task.record = action.task
WHERE task.receiver <> action.owner OR date(substr(task.due, 1, 10)) > action.due
