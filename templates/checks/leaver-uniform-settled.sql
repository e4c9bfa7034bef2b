-- A leaver's handover is closed only when the uniform return it names is closed too.
SELECT leaver.record AS record,
       'uniform' AS field,
       '离职交接已经办结，制服退还赔偿单' || leaver.uniform || '还没有办结' AS message_zh,
       'The handover is closed but the uniform return ' || leaver.uniform || ' is not' AS message_en,
       'REG-UNIFORM/11' AS breaks
FROM f_offboard AS leaver
JOIN records AS done ON done.record = leaver.record AND done.state = 'closed'
LEFT JOIN records AS uniform ON uniform.record = leaver.uniform
WHERE uniform.state IS NULL OR uniform.state <> 'closed'
