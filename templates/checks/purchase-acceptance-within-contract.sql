-- What is accepted was ordered: the contract is in force, has the line, and no more is taken than it says.
WITH head AS (
    SELECT acceptance.record, acceptance.contract, agreed.state
    FROM f_accept AS acceptance
    JOIN records ON records.record = acceptance.record
    JOIN records AS agreed ON agreed.record = acceptance.contract
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), line AS (
    SELECT head.record, item."no", item.item, item.ordered, contracted.qty,
           (SELECT sum(other.accepted) FROM f_accept__items AS other JOIN head AS same ON same.record = other.record
            WHERE same.contract = head.contract AND other."no" = item."no") AS accepted
    FROM head
    JOIN f_accept__items AS item ON item.record = head.record
    LEFT JOIN f_contract__items AS contracted ON contracted.record = head.contract AND contracted."no" = item."no"
)
SELECT record, 'contract' AS field, '采购合同 ' || contract || ' 尚未生效，或者已经失效' AS message_zh,
       'Contract ' || contract || ' is not in force' AS message_en, 'REG-PURCHASE/4' AS breaks
FROM head WHERE state <> 'closed'
UNION ALL
SELECT record, 'items', '合同没有第' || "no" || '项', 'The contract has no line ' || "no", 'REG-PURCHASE/4'
FROM line WHERE qty IS NULL
UNION ALL
SELECT record, 'items', '第' || "no" || '项合同数量是' || qty || '，不是' || ordered,
       'Line ' || "no" || ' of the contract says ' || qty || ', not ' || ordered, 'REG-PURCHASE/4'
FROM line WHERE abs(ordered - qty) > 0.0005
UNION ALL
SELECT record, 'items', '第' || "no" || '项' || item || '累计合格' || accepted || '，合同数量' || qty,
       'Line ' || "no" || ', ' || item || ': ' || accepted || ' accepted, ' || qty || ' contracted', 'REG-PURCHASE/4'
FROM line WHERE accepted > qty + 0.0005
