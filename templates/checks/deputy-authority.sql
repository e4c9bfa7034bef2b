-- The authority a deputy relied on is for that person, was accepted and covers the day of signature.
SELECT report.record AS record,
       'authority' AS field,
       paper.record || '没有授权' || report.reviewed_by || '在当日代行' AS message_zh,
       paper.record || ' does not let ' || report.reviewed_by || ' act on that day' AS message_en,
       'REG-ORG/4' AS breaks
FROM f_quarterrpt AS report
JOIN records ON records.record = report.record AND records.state = 'closed'
JOIN f_delegate AS paper ON paper.record = report.authority
JOIN records AS own ON own.record = paper.record
WHERE report.reviewed_by IS NOT NULL
  AND (paper.grantee <> report.reviewed_by OR own.state NOT IN ('active', 'closed')
       OR date(report.reviewed_at) NOT BETWEEN paper.valid_from AND paper.valid_to)
