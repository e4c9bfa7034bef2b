-- A permit stands on an application that was agreed, for the same unit and within its time (REG-RENOV/1, REG-RENOV/5).
SELECT permit.record AS record,
       CASE WHEN permit.unit_no <> application.unit_no THEN 'unit_no' WHEN ground.state <> 'closed' OR application.decision = 'refused' THEN 'application'
            ELSE 'valid_to' END AS field,
       CASE WHEN permit.unit_no <> application.unit_no THEN '房号与装修申请的' || application.unit_no || '不一致'
            WHEN ground.state <> 'closed' THEN '装修申请' || ground.record || '没有审核完毕'
            WHEN application.decision = 'refused' THEN '装修申请' || ground.record || '没有同意'
            ELSE '有效期至' || permit.valid_to || '，晚于申请的竣工日期' || application."end" END AS message_zh,
       CASE WHEN permit.unit_no <> application.unit_no THEN 'The application is for unit ' || application.unit_no
            WHEN ground.state <> 'closed' THEN 'Application ' || ground.record || ' is not reviewed'
            WHEN application.decision = 'refused' THEN 'Application ' || ground.record || ' was refused'
            ELSE 'Valid until ' || permit.valid_to || ', later than the work applied for, ' || application."end" END AS message_en,
       CASE WHEN permit.unit_no = application.unit_no AND ground.state = 'closed' AND application.decision <> 'refused'
            THEN 'REG-RENOV/5' ELSE 'REG-RENOV/1' END AS breaks
FROM f_renovpermit AS permit
JOIN records ON records.record = permit.record AND records.state IN ('issued', 'closed')
JOIN f_renovapply AS application ON application.record = permit.application
JOIN records AS ground ON ground.record = application.record
WHERE permit.unit_no <> application.unit_no
   OR ground.state <> 'closed'
   OR application.decision = 'refused'
   OR permit.valid_to > application."end"
