-- A leave or overtime in the register rests on a paper that was granted to this person for this day and kind.
WITH line AS (
    SELECT day.record, day.date, entry.no, entry.staff, entry.kind, entry.ref
    FROM f_attend AS day
    JOIN f_attend__attendance AS entry ON entry.record = day.record
    JOIN records ON records.record = day.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned') AND entry.ref IS NOT NULL
)
SELECT line.record AS record,
       'attendance' AS field,
       '第' || line.no || '行' || line.staff || '：' || line.ref || '不是批准给本人、包含当日的该种假' AS message_zh,
       'Line ' || line.no || ', ' || line.staff || ': ' || line.ref || ' is no such leave granted for this day' AS message_en,
       'REG-ATTEND/7' AS breaks
FROM line
WHERE line.kind IN ('sick', 'personal', 'official', 'injury', 'marriage', 'bereave', 'home', 'maternity', 'family', 'annual', 'rest')
  AND NOT EXISTS (
    SELECT 1 FROM f_leave AS leave
    JOIN records AS granted ON granted.record = leave.record AND granted.state IN ('granted', 'on_leave', 'closed')
    WHERE leave.record = line.ref AND leave.staff = line.staff AND leave.kind = line.kind
      AND line.date BETWEEN substr(leave.from_at, 1, 10) AND substr(leave.to_at, 1, 10))
UNION ALL
SELECT line.record,
       'attendance',
       '第' || line.no || '行' || line.staff || '：' || line.ref || '没有批准本人当日加班',
       'Line ' || line.no || ', ' || line.staff || ': ' || line.ref || ' approves no overtime of this person on this day',
       'REG-ATTEND/6'
FROM line
WHERE line.kind = 'overtime'
  AND NOT EXISTS (
    SELECT 1 FROM f_overtime AS sheet
    JOIN f_overtime__people AS person ON person.record = sheet.record
    JOIN records AS approved ON approved.record = sheet.record AND approved.state = 'closed'
    WHERE sheet.record = line.ref AND sheet.date = line.date AND person.staff = line.staff AND person.refused = 0)
