-- The settlement of a month agrees with the order notes: orders with a complete or duly corrected note and their amounts count
-- for the agent named there; all other notes of the month are orders that do not count.
WITH judged AS (
    SELECT note.month_start AS month, note."order", note.agent, note.credited_to,
           records.state = 'closed' AND (note.complete OR coalesce(note.corrected_in_time, 0)) AS counted
    FROM f_ordernote AS note
    JOIN records ON records.record = note.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), notes AS (
    SELECT judged.month, CASE WHEN counted THEN credited_to ELSE judged.agent END AS agent, counted, orders.amount
    FROM judged
    JOIN f_order AS orders ON orders.record = judged."order"
    JOIN records AS kept ON kept.record = orders.record
    WHERE kept.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned', 'returned_goods')
), earned AS (
    SELECT month, agent, sum(counted) AS orders, sum(NOT counted) AS unflagged,
           total(CASE WHEN counted THEN amount END) AS amount
    FROM notes
    GROUP BY month, agent
), settlements AS (
    SELECT settlement.record, settlement.month
    FROM f_commission AS settlement
    JOIN records ON records.record = settlement.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT settlements.record,
       'people' AS field,
       person.agent || '：表上' || person.orders || '单、' || printf('%.2f', person.amount) || '元、未计' || person.unflagged
         || '单，订单备注为' || coalesce(earned.orders, 0) || '单、' || printf('%.2f', coalesce(earned.amount, 0))
         || '元、未计' || coalesce(earned.unflagged, 0) || '单' AS message_zh,
       person.agent || ': ' || person.orders || ' orders, ' || printf('%.2f', person.amount) || ' CNY, ' || person.unflagged
         || ' not counted; the notes say ' || coalesce(earned.orders, 0) || ', ' || printf('%.2f', coalesce(earned.amount, 0))
         || ' CNY and ' || coalesce(earned.unflagged, 0) AS message_en,
       'REG-ECOM/3' AS breaks
FROM settlements
JOIN f_commission__people AS person ON person.record = settlements.record
LEFT JOIN earned ON earned.month = settlements.month AND earned.agent = person.agent
WHERE person.orders <> coalesce(earned.orders, 0)
   OR person.unflagged <> coalesce(earned.unflagged, 0)
   OR abs(person.amount - coalesce(earned.amount, 0)) > 0.005
UNION ALL
SELECT settlements.record,
       'people',
       earned.agent || '有售出订单，结算表没有此人',
       earned.agent || ' sold orders and is not in the settlement',
       'REG-ECOM/3'
FROM settlements
JOIN earned ON earned.month = settlements.month
WHERE NOT EXISTS (
    SELECT 1 FROM f_commission__people AS person
    WHERE person.record = settlements.record AND person.agent = earned.agent)
