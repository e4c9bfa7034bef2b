-- A leaver's handover is closed only when the leaver's own uniform return, which it names, is closed too.
SELECT leaver.record AS record,
       'uniform' AS field,
       CASE WHEN settled.staff <> leaver.staff THEN leaver.uniform || '不是离职员工' || leaver.staff || '的制服退还赔偿单'
            ELSE '离职交接已经办结，制服退还赔偿单' || leaver.uniform || '还没有办结' END AS message_zh,
       CASE WHEN settled.staff <> leaver.staff THEN leaver.uniform || ' is not the uniform return of ' || leaver.staff
            ELSE 'The handover is closed but the uniform return ' || leaver.uniform || ' is not' END AS message_en,
       'REG-UNIFORM/11' AS breaks
FROM f_offboard AS leaver
JOIN records AS done ON done.record = leaver.record AND done.state = 'closed'
LEFT JOIN f_unireturn AS settled ON settled.record = leaver.uniform
LEFT JOIN records AS uniform ON uniform.record = leaver.uniform
WHERE uniform.state IS NULL OR uniform.state <> 'closed' OR settled.staff <> leaver.staff
