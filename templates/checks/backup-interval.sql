-- Backups follow one another within the days allowed and leave no day of records uncovered.
WITH kept AS (
    SELECT backup.record, records.day, backup.backup_date, backup.range_from,
           lag(backup.backup_date) OVER in_order AS last_date,
           max(backup.range_to) OVER (ORDER BY backup.backup_date, backup.record
                                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_to
    FROM f_backup AS backup
    JOIN records ON records.record = backup.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    WINDOW in_order AS (ORDER BY backup.backup_date, backup.record)
)
SELECT record,
       'backup_date' AS field,
       '距上一次备份' || CAST(julianday(backup_date) - julianday(last_date) AS INTEGER)
         || '日，间隔不得超过' || param('backup_days', day) || '日' AS message_zh,
       CAST(julianday(backup_date) - julianday(last_date) AS INTEGER)
         || ' days since the last backup, ' || param('backup_days', day) || ' allowed' AS message_en,
       'REG-RECORD/5' AS breaks
FROM kept
WHERE julianday(backup_date) - julianday(last_date) > param('backup_days', day)
UNION ALL
SELECT record,
       'range_from',
       '上一次备份到' || covered_to || '为止，中间的记录没有备份',
       'The earlier backups end on ' || covered_to || '; the records in between are not backed up',
       'REG-RECORD/5'
FROM kept
WHERE julianday(range_from) > julianday(covered_to) + 1
