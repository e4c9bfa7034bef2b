-- A contract stays within what was approved: the application, its lines, their quantities and dates, and the amount.
WITH live AS (
    SELECT record FROM records WHERE state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), head AS (
    SELECT contract.record, contract.application, contract.amount, contract.delivery_at, asked.state,
           application.approved_amount
    FROM f_contract AS contract
    JOIN live ON live.record = contract.record
    JOIN f_purapply AS application ON application.record = contract.application
    JOIN records AS asked ON asked.record = contract.application
), line AS (
    SELECT head.record, head.application, head.delivery_at, item."no", item.name, item.qty,
           asked.qty AS asked_qty, asked.need_by,
           (SELECT sum(other.qty) FROM f_contract__items AS other JOIN head AS same ON same.record = other.record
            WHERE same.application = head.application AND other."no" = item."no") AS ordered
    FROM head
    JOIN f_contract__items AS item ON item.record = head.record
    LEFT JOIN f_purapply__items AS asked ON asked.record = head.application AND asked."no" = item."no"
)
SELECT record, 'application' AS field,
       '采购申请 ' || application || ' 尚未批准，或者已经失效' AS message_zh,
       'Application ' || application || ' is not approved, or no longer valid' AS message_en,
       'REG-PURCHASE/3' AS breaks
FROM head WHERE state <> 'closed'
UNION ALL
SELECT head.record, 'items',
       '申请 ' || head.application || ' 核定' || printf('%.2f', approved_amount) || '元，合同合计'
       || printf('%.2f', (SELECT sum(amount) FROM head AS same WHERE same.application = head.application)) || '元',
       'Approved for ' || head.application || ': ' || printf('%.2f', approved_amount) || '; contracted: '
       || printf('%.2f', (SELECT sum(amount) FROM head AS same WHERE same.application = head.application)),
       'REG-PURCHASE/3'
FROM head
WHERE (SELECT sum(amount) FROM head AS same WHERE same.application = head.application) > approved_amount + 0.005
UNION ALL
SELECT record, 'items', '采购申请没有第' || "no" || '项', 'The application has no line ' || "no", 'REG-PURCHASE/3'
FROM line WHERE asked_qty IS NULL
UNION ALL
SELECT record, 'items', '第' || "no" || '项' || name || '合同数量合计' || ordered || '，申请' || asked_qty,
       'Line ' || "no" || ', ' || name || ': ' || ordered || ' contracted, ' || asked_qty || ' asked for', 'REG-PURCHASE/3'
FROM line WHERE ordered > asked_qty + 0.0005
UNION ALL
SELECT record, 'delivery_at', '交货日期晚于第' || "no" || '项的需求时间' || need_by,
       'Delivery is later than ' || need_by || ', when line ' || "no" || ' is needed', 'REG-PURCHASE/3'
FROM line WHERE delivery_at > need_by
