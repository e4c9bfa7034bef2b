-- What was acknowledged is the revision in force on that day. Whoever acknowledged an earlier one and is still on duty has
-- acknowledged the present one once the time for reading it is over.
WITH known AS (
    SELECT line.record, line.row, paper.staff, paper.read_on, line.reg, line.version, records.day
    FROM f_regread__documents AS line
    JOIN f_regread AS paper ON paper.record = line.record
    JOIN records ON records.record = line.record AND records.state = 'closed'
)
SELECT record,
       'documents' AS field,
       reg || '当日有效的不是第' || version || '版' AS message_zh,
       'Revision ' || version || ' of ' || reg || ' was not in force on that day' AS message_en,
       'REG-GOV/3' AS breaks
FROM known
WHERE in_force(reg, read_on) IS NOT version
UNION ALL
SELECT record,
       'documents',
       staff || '没有确认' || reg || '现行的第' || in_force(reg, today()) || '版',
       staff || ' has not acknowledged revision ' || in_force(reg, today()) || ' of ' || reg || ', now in force',
       'REG-GOV/3'
FROM known
WHERE in_force(reg, date(today(), '-' || param('read_ack_days', day) || ' days')) > version
  AND NOT EXISTS (
      SELECT 1 FROM known AS later
      WHERE later.staff = known.staff AND later.reg = known.reg AND later.version > known.version)
  AND EXISTS (
      SELECT 1 FROM f_dutylog__on_duty AS person
      JOIN f_dutylog AS log ON log.record = person.record
      WHERE person.staff = known.staff AND log.duty_date >= date(today(), '-30 days'))
