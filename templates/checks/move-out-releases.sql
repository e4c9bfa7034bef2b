-- Releases of goods that a removal names are of the same unit and were not stopped (REG-PROP/8).
SELECT removal.record AS record,
       'goods_out' AS field,
       CASE WHEN slip.unit_no <> removal.unit_no THEN '放行条' || slip.record || '属于' || slip.unit_no
            ELSE '放行条' || slip.record || '没有放行' END AS message_zh,
       CASE WHEN slip.unit_no <> removal.unit_no THEN 'Release ' || slip.record || ' is of unit ' || slip.unit_no
            ELSE 'The goods of ' || slip.record || ' were not let out' END AS message_en,
       'REG-PROP/8' AS breaks
FROM f_moveout AS removal
JOIN records ON records.record = removal.record AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
JOIN f_goodsout AS slip ON instr('、' || removal.goods_out || '、', '、' || slip.record || '、') > 0
JOIN records AS gate ON gate.record = slip.record
WHERE slip.unit_no <> removal.unit_no OR (gate.state = 'closed' AND slip.decision = 'stopped')
