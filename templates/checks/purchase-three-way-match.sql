-- Money is paid where contract, invoice and stock-in agree in supplier, quantity and amount, once and within the contract.
WITH claim AS (
    SELECT settlement.record, settlement.contract, settlement.supplier, settlement.stockin, settlement.invoice_qty,
           settlement.invoice_amount, settlement.amount, contract.supplier AS contracted, contract.amount AS contract_amount
    FROM f_reimburse AS settlement
    JOIN records ON records.record = settlement.record
    JOIN f_contract AS contract ON contract.record = settlement.contract
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), stored AS (
    SELECT claim.record, claim.contract, sheet.record AS sheet, sheet.supplier, acceptance.contract AS for_contract, kept.state
    FROM claim
    JOIN f_stockin AS sheet ON instr('、' || claim.stockin || '、', '、' || sheet.record || '、') > 0
    JOIN records AS kept ON kept.record = sheet.record
    JOIN f_accept AS acceptance ON acceptance.record = sheet.accept
), worth AS (
    SELECT stored.record, sum(item.qty) AS qty, sum(round(item.qty * contracted.price, 2)) AS amount
    FROM stored
    JOIN f_stockin__items AS item ON item.record = stored.sheet
    LEFT JOIN f_contract__items AS contracted ON contracted.record = stored.contract AND contracted."no" = item."no"
    GROUP BY stored.record
)
SELECT claim.record, 'supplier' AS field, '合同的供应商是' || contracted || '，发票由' || supplier || '开具' AS message_zh,
       'The contract is with ' || contracted || ', the invoice from ' || supplier AS message_en, 'REG-PURCHASE/5' AS breaks
FROM claim WHERE supplier <> contracted
UNION ALL
SELECT record, 'stockin', '入库单 ' || sheet || ' 不属于本合同，或者手续没有办完',
       'Stock-in ' || sheet || ' is of another contract or not finished', 'REG-PURCHASE/5'
FROM stored WHERE for_contract <> contract OR state <> 'closed'
UNION ALL
SELECT claim.record, 'invoice_qty', '发票数量' || invoice_qty || '，入库' || worth.qty,
       invoice_qty || ' invoiced, ' || worth.qty || ' stored', 'REG-PURCHASE/5'
FROM claim JOIN worth ON worth.record = claim.record WHERE abs(invoice_qty - worth.qty) > 0.0005
UNION ALL
SELECT claim.record, 'invoice_amount',
       '发票' || printf('%.2f', invoice_amount) || '元，按合同单价和入库数量应为' || printf('%.2f', coalesce(worth.amount, 0)) || '元',
       printf('%.2f', invoice_amount) || ' invoiced; by contract price and quantity stored it is '
       || printf('%.2f', coalesce(worth.amount, 0)), 'REG-PURCHASE/5'
FROM claim JOIN worth ON worth.record = claim.record WHERE abs(invoice_amount - coalesce(worth.amount, 0)) > 0.005
UNION ALL
SELECT claim.record, 'amount', '本合同累计报销超过合同金额' || printf('%.2f', contract_amount) || '元',
       'Settlements exceed the contract, ' || printf('%.2f', contract_amount), 'REG-PURCHASE/5'
FROM claim
WHERE (SELECT sum(amount) FROM claim AS same WHERE same.contract = claim.contract) > contract_amount + 0.005
UNION ALL
SELECT stored.record, 'stockin', '入库单 ' || sheet || ' 已经在 ' || other.record || ' 报销',
       'Stock-in ' || sheet || ' was settled in ' || other.record, 'REG-PURCHASE/5'
FROM stored
JOIN claim AS other ON other.record <> stored.record AND instr('、' || other.stockin || '、', '、' || sheet || '、') > 0
