-- Customer information is copied for outsiders only on a disclosure sheet that had been reviewed by then (REG-CONF/10).
SELECT copy.record AS record,
       'consent' AS field,
       copy.consent || '当时没有审核通过，不能作为对外提供的依据' AS message_zh,
       copy.consent || ' has not been reviewed and is no basis for handing this outside' AS message_en,
       'REG-CONF/10' AS breaks
FROM f_datacopy AS copy
JOIN records ON records.record = copy.record
JOIN records AS basis ON basis.record = copy.consent
WHERE records.state IN ('out', 'closed') AND basis.state NOT IN ('reviewed', 'closed')
