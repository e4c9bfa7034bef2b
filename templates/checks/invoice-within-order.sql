-- All invoices of an order together stay within its amount; the finding stands at the last one.
WITH invoices AS (
    SELECT invoice.record, invoice."order",
           sum(invoice.amount) OVER (PARTITION BY invoice."order" ORDER BY invoice.record) AS so_far
    FROM f_invoice AS invoice
    JOIN records ON records.record = invoice.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT invoices.record AS record,
       'amount' AS field,
       '该订单已开票共' || printf('%.2f', so_far) || '元，超过订单金额' || printf('%.2f', orders.amount) || '元' AS message_zh,
       'Invoices of ' || printf('%.2f', so_far) || ' CNY on an order of ' || printf('%.2f', orders.amount) || ' CNY' AS message_en,
       'REG-ECOM/7' AS breaks
FROM invoices
JOIN f_order AS orders ON orders.record = invoices."order"
WHERE so_far > orders.amount + 0.005
