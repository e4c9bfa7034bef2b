-- An office that was audited is audited again within the months allowed (REG-AFTER/6).
WITH audit AS (
    SELECT sheet.record, sheet.office, sheet.date,
           lead(sheet.date) OVER (PARTITION BY sheet.office ORDER BY sheet.date, sheet.record) AS next
    FROM f_officeaudit AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT audit.record AS record,
       'date' AS field,
       '此次审计之后' || param('office_audit_months', audit.date) || '个月内没有再次审计该办事处' AS message_zh,
       'The office was not audited again within ' || param('office_audit_months', audit.date) || ' months of this' AS message_en,
       'REG-AFTER/6' AS breaks
FROM audit
WHERE coalesce(audit.next, today()) > date(audit.date, '+' || param('office_audit_months', audit.date) || ' months')
