-- Tasks of the month that were not answered by their date have been taken off efficiency.
WITH sheet AS (
    SELECT appraisal.record, appraisal.agent, appraisal.reply_deduct,
           (SELECT COUNT(*)
            FROM f_task AS task
            JOIN records AS own ON own.record = task.record
                AND own.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned', 'revoked')
            WHERE task.receiver = appraisal.agent
              AND substr(task.due, 1, 7) = substr(appraisal.month, 1, 7)
              AND NOT EXISTS (SELECT 1 FROM f_task__rulings AS ruling
                              WHERE ruling.record = task.record AND ruling.new_due IS NOT NULL
                                AND julianday(ruling.at) <= julianday(task.due))
              AND NOT EXISTS (SELECT 1 FROM f_task__replies AS reply
                              WHERE reply.record = task.record AND julianday(reply.at) <= julianday(task.due))) AS missed
    FROM f_apprmonth AS appraisal
    JOIN records ON records.record = appraisal.record
        AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'reply_deduct' AS field,
       agent || '当月有' || missed || '项任务没有按期复命，工作效率没有扣分' AS message_zh,
       agent || ' left ' || missed || ' tasks of the month unanswered and nothing was taken off' AS message_en,
       'REG-APPRAISAL/10' AS breaks
FROM sheet
WHERE missed > 0 AND reply_deduct = 0
