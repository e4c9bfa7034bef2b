-- What custody was to keep until a day is destroyed within the days allowed after it; once, and not twice (REG-CONF/6).
WITH destroyed AS (
    SELECT item.custody, item.record, item."no"
    FROM f_datadestroy__checks AS item
    JOIN records ON records.record = item.record
    WHERE records.state IN ('destroyed', 'closed') AND item.custody IS NOT NULL
)
SELECT entry.record AS record,
       'rows' AS field,
       '第' || entry."no" || '件保存至' || entry.keep_until || '，逾期' || param('destroy_days', today()) || '日仍未销毁' AS message_zh,
       'Item ' || entry."no" || ' was to be kept until ' || entry.keep_until || ' and is still not destroyed '
         || param('destroy_days', today()) || ' days later' AS message_en,
       'REG-CONF/6' AS breaks
FROM f_doccustody__rows AS entry
JOIN records ON records.record = entry.record
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND date(entry.keep_until, '+' || param('destroy_days', today()) || ' days') < today()
  AND NOT EXISTS (SELECT 1 FROM destroyed WHERE destroyed.custody = entry.record || '#' || entry."no")
UNION ALL
SELECT again.record,
       'checks',
       again.custody || '已经在' || first.record || '中销毁',
       again.custody || ' was already destroyed under ' || first.record,
       'REG-CONF/6'
FROM destroyed AS again
JOIN destroyed AS first ON first.custody = again.custody AND first.record < again.record
