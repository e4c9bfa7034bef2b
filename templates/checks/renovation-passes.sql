-- Workers' passes belong to a permit that was issued for the same unit; and none of a permit is still out when its deposit
-- has been returned.
SELECT pass.record AS record,
       'permit' AS field,
       CASE WHEN ground.state NOT IN ('issued', 'closed') THEN '施工许可证' || ground.record || '没有签发'
            ELSE '房号与许可证的' || permit.unit_no || '不一致' END AS message_zh,
       CASE WHEN ground.state NOT IN ('issued', 'closed') THEN 'Permit ' || ground.record || ' was not issued'
            ELSE 'The permit is for unit ' || permit.unit_no END AS message_en,
       'REG-RENOV/1' AS breaks
FROM f_renovpass AS pass
JOIN records ON records.record = pass.record AND records.state IN ('issued', 'closed')
JOIN f_renovpermit AS permit ON permit.record = pass.permit
JOIN records AS ground ON ground.record = permit.record
WHERE ground.state NOT IN ('issued', 'closed') OR permit.unit_no <> pass.unit_no
UNION ALL
SELECT acceptance.record,
       'passes_back',
       '出入证' || pass.record || '没有收回，也没有注销',
       'Pass ' || pass.record || ' is neither returned nor cancelled',
       'REG-RENOV/11'
FROM f_renovaccept AS acceptance
JOIN records ON records.record = acceptance.record AND records.state = 'closed'
JOIN f_renovpass AS pass ON pass.permit = acceptance.permit
JOIN records AS out ON out.record = pass.record AND out.state = 'issued'
