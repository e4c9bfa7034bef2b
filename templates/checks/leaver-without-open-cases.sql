-- Once a leaver's handover is closed, nothing open may still carry the leaver's name.
-- A matter listed with somebody who takes it over has found its new owner.
WITH held AS (
    SELECT record, owner AS holder FROM f_case
    UNION ALL SELECT record, agent FROM f_complaint
    UNION ALL SELECT record, first_owner FROM f_svcrec
)
SELECT leaver.record AS record,
       'work_items' AS field,
       held.record || '仍由离职员工' || leaver.staff || '负责，没有移交' AS message_zh,
       held.record || ' still belongs to the leaver ' || leaver.staff || ' and was not handed over' AS message_en,
       'REG-HANDOVER/17' AS breaks
FROM f_offboard AS leaver
JOIN records AS done ON done.record = leaver.record AND done.state = 'closed'
JOIN held ON held.holder = leaver.staff
JOIN records AS matter ON matter.record = held.record AND matter.final = 0
WHERE NOT EXISTS (
    SELECT 1 FROM f_offboard__work_items AS item
    WHERE item.record = leaver.record AND item.ref = held.record AND item.to_staff <> leaver.staff)
