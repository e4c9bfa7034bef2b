-- The undertaking is on the text in force when it is signed, and whoever is on duty has signed the one in force now.
WITH signed AS (
    SELECT paper.record, paper.staff, paper.signed_date, paper.text_version
    FROM f_confagree AS paper
    JOIN records ON records.record = paper.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'text_version' AS field,
       '签署的是第' || text_version || '号文本，当日有效的是第' || in_force('REG-CONF', signed_date) || '号' AS message_zh,
       'Signed on text ' || text_version || '; text ' || in_force('REG-CONF', signed_date) || ' was in force' AS message_en,
       'REG-CONF/4' AS breaks
FROM signed
WHERE text_version <> in_force('REG-CONF', signed_date)
UNION ALL
SELECT record,
       'text_version',
       staff || '仍在岗，没有签署现行的第' || in_force('REG-CONF', today()) || '号文本',
       staff || ' is on duty and has not signed the text in force, ' || in_force('REG-CONF', today()),
       'REG-CONF/4'
FROM signed
WHERE text_version = in_force('REG-CONF', signed_date)
  AND text_version < in_force('REG-CONF', today())
  AND NOT EXISTS (
        SELECT 1 FROM signed AS later
        WHERE later.staff = signed.staff AND later.text_version > signed.text_version)
  AND EXISTS (
        SELECT 1 FROM f_dutylog__on_duty AS person
        JOIN f_dutylog AS log ON log.record = person.record
        WHERE person.staff = signed.staff AND log.duty_date >= date(today(), '-30 days'))
