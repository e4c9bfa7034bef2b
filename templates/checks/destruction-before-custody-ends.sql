-- A destruction list cannot make the retention of a document in custody end earlier than the register says.
SELECT item.record AS record,
       'checks' AS field,
       '第' || item."no" || '项在保管台账上保存至' || entry.keep_until || '，不得提前销毁' AS message_zh,
       'Item ' || item."no" || ' is to be kept until ' || entry.keep_until || ' by the custody register' AS message_en,
       'REG-RECORD/20' AS breaks
FROM f_datadestroy__checks AS item
JOIN f_datadestroy AS list ON list.record = item.record
JOIN records ON records.record = item.record
JOIN f_doccustody__rows AS entry ON entry.record || '#' || entry."no" = item.custody
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND coalesce(substr(list.destroyed_at, 1, 10), list.planned_at) <= entry.keep_until
