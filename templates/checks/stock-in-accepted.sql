-- Only what passed acceptance enters the store, from the supplier of the contract and in no larger quantity.
WITH head AS (
    SELECT sheet.record, sheet.accept, sheet.supplier, acceptance.verdict, inspected.state, contract.supplier AS contracted
    FROM f_stockin AS sheet
    JOIN records ON records.record = sheet.record
    JOIN f_accept AS acceptance ON acceptance.record = sheet.accept
    JOIN records AS inspected ON inspected.record = sheet.accept
    LEFT JOIN f_contract AS contract ON contract.record = acceptance.contract
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), line AS (
    SELECT head.record, item."no", item.name, accepted.accepted,
           (SELECT sum(other.qty) FROM f_stockin__items AS other JOIN head AS same ON same.record = other.record
            WHERE same.accept = head.accept AND other."no" = item."no") AS stored
    FROM head
    JOIN f_stockin__items AS item ON item.record = head.record
    LEFT JOIN f_accept__items AS accepted ON accepted.record = head.accept AND accepted."no" = item."no"
)
SELECT record, 'accept' AS field, '验收单 ' || accept || ' 不合格，或者验收人尚未签字' AS message_zh,
       'Acceptance ' || accept || ' failed or is not signed' AS message_en, 'REG-PURCHASE/4' AS breaks
FROM head WHERE verdict = 'fail' OR state NOT IN ('done', 'rectifying', 'verified', 'closed')
UNION ALL
SELECT record, 'supplier', '合同的供应商是' || contracted, 'The supplier of the contract is ' || contracted, 'REG-PURCHASE/4'
FROM head WHERE supplier <> contracted
UNION ALL
SELECT record, 'items', '第' || "no" || '项' || name || '累计入库' || stored || '，验收合格' || coalesce(accepted, 0),
       'Line ' || "no" || ', ' || name || ': ' || stored || ' stored, ' || coalesce(accepted, 0) || ' accepted', 'REG-PURCHASE/4'
FROM line WHERE accepted IS NULL OR stored > accepted + 0.0005
