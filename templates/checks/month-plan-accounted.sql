-- Each line of a group's plan for the month comes back in its review of that month.
SELECT review.record AS record,
       'plan_vs_done' AS field,
       '上期计划第' || planned.no || '项“' || planned.item || '”没有总结' AS message_zh,
       'Item ' || planned.no || ' of the plan, ' || planned.item || ', is not accounted for' AS message_en,
       'REG-TASK/6' AS breaks
FROM f_monthplan AS review
JOIN records ON records.record = review.record AND records.state = 'closed'
JOIN f_monthplan AS before ON before."group" = review."group" AND before.month = date(review.month, '-1 month')
JOIN records AS agreed ON agreed.record = before.record AND agreed.state = 'closed'
JOIN f_monthplan__next_plan AS planned ON planned.record = before.record
WHERE NOT EXISTS (
    SELECT 1 FROM f_monthplan__plan_vs_done AS line
    WHERE line.record = review.record AND line.plan_item = before.record || '#' || planned.no)
