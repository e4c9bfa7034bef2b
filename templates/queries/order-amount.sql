-- Amount of the order that an invoice is asked for.
SELECT amount
FROM f_order
JOIN records USING (record)
WHERE record = :order AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
