-- A contract that rests on a comparison of quotations is made with the supplier and within the price agreed there.
SELECT contract.record, 'quote' AS field,
       CASE WHEN quote.purchase <> contract.application THEN '询价记录 ' || contract.quote || ' 不是为本项采购作出的'
            WHEN compared.state NOT IN ('reviewed', 'approved', 'closed') THEN '询价记录 ' || contract.quote || ' 没有审核通过'
            WHEN chosen.supplier <> contract.supplier THEN '询价选定的供应商是' || chosen.supplier
            ELSE '合同金额超过议定价' || printf('%.2f', quote.deal_amount) || '元' END AS message_zh,
       CASE WHEN quote.purchase <> contract.application THEN 'Comparison ' || contract.quote || ' is about another purchase'
            WHEN compared.state NOT IN ('reviewed', 'approved', 'closed') THEN 'Comparison ' || contract.quote || ' is not agreed'
            WHEN chosen.supplier <> contract.supplier THEN 'The supplier chosen was ' || chosen.supplier
            ELSE 'The amount exceeds the price agreed, ' || printf('%.2f', quote.deal_amount) END AS message_en,
       'REG-PURCHASE/3' AS breaks
FROM f_contract AS contract
JOIN records ON records.record = contract.record
JOIN f_quote AS quote ON quote.record = contract.quote
JOIN records AS compared ON compared.record = contract.quote
LEFT JOIN f_quote__quotes AS chosen ON chosen.record = quote.record AND chosen."no" = quote.chosen
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND (quote.purchase <> contract.application OR compared.state NOT IN ('reviewed', 'approved', 'closed')
       OR chosen.supplier <> contract.supplier OR contract.amount > quote.deal_amount + 0.005)
