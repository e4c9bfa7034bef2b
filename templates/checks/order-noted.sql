-- Every confirmed order has one note, made out by the agent who took it. A day is allowed for writing it; "now" is the newest
-- record of the workspace.
WITH sold AS (
    SELECT orders.record, orders.agent, orders.confirmed_at
    FROM f_order AS orders
    JOIN records ON records.record = orders.record
    WHERE records.state NOT IN ('draft', 'new', 'void', 'withdrawn', 'rejected', 'returned')
), notes AS (
    SELECT note.record, note."order", note.agent, row_number() OVER (PARTITION BY note."order" ORDER BY note.record) AS turn
    FROM f_ordernote AS note
    JOIN records ON records.record = note.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'order_no' AS field,
       '订单没有备注单，不计入提成' AS message_zh,
       'The order has no note and earns no commission' AS message_en,
       'REG-ECOM/3' AS breaks
FROM sold
WHERE julianday((SELECT max(datetime(created_at)) FROM records)) > julianday(confirmed_at) + 1
  AND NOT EXISTS (SELECT 1 FROM notes WHERE notes."order" = sold.record)
UNION ALL
SELECT record,
       'order',
       '订单' || "order" || '已有备注单',
       'Order ' || "order" || ' already has a note',
       'REG-ECOM/3'
FROM notes
WHERE turn > 1
UNION ALL
SELECT notes.record,
       'agent',
       '订单由' || sold.agent || '受理，备注单的售出客服是' || notes.agent,
       'The order was taken by ' || sold.agent || ', the note names ' || notes.agent,
       'REG-ECOM/3'
FROM notes
JOIN sold ON sold.record = notes."order"
WHERE sold.agent <> notes.agent
