-- Each line of a group's plan for the week comes back in its review of that week.
SELECT review.record AS record,
       'done' AS field,
       '上周计划第' || planned.no || '项“' || planned.item || '”没有总结' AS message_zh,
       'Item ' || planned.no || ' of last week''s plan, ' || planned.item || ', is not accounted for' AS message_en,
       'REG-TASK/4' AS breaks
FROM f_weekplan AS review
JOIN records ON records.record = review.record AND records.state = 'closed'
JOIN f_weekplan AS before ON before."group" = review."group" AND before.week = date(review.week, '-7 days')
JOIN records AS agreed ON agreed.record = before.record AND agreed.state = 'closed'
JOIN f_weekplan__next_plan AS planned ON planned.record = before.record
WHERE NOT EXISTS (
    SELECT 1 FROM f_weekplan__done AS line
    WHERE line.record = review.record AND line.plan_item = before.record || '#' || planned.no)
