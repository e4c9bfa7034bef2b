-- A hazard that a room inspection names was not already removed and closed before that inspection (REG-SAFETY/6).
WITH inspection AS (
    SELECT record, at, hazards_found FROM f_roomshift
    UNION ALL SELECT record, at, hazards_found FROM f_roomdaily
    UNION ALL SELECT record, at, hazards_found FROM f_roommonth
)
SELECT inspection.record AS record,
       'hazards_found' AS field,
       hazard.record || '在本次检查之前已经验证消除；隐患再现的，应当另建跟踪表' AS message_zh,
       hazard.record || ' had been verified as removed before this inspection; a hazard that returns needs a new sheet' AS message_en,
       'REG-SAFETY/6' AS breaks
FROM inspection
JOIN records ON records.record = inspection.record
JOIN f_hazard AS hazard ON instr('、' || inspection.hazards_found || '、', '、' || hazard.record || '、') > 0
JOIN records AS followed ON followed.record = hazard.record AND followed.state = 'closed'
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND julianday(hazard.verified_at) < julianday(inspection.at)
