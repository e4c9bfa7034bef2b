-- A sanitation matter that is kept in registers has one in every period; the last register before the gap is reported
-- (REG-PROP/16). Taxis, mail and pets are entered as they come and have no period.
WITH sheet AS (
    SELECT register.record, register.kind, records.day,
           CASE param('propsys_period', records.day) WHEN 'month' THEN 1 ELSE 3 END AS months
    FROM f_propsys AS register
    JOIN records ON records.record = register.record
    WHERE register.kind IN ('pest', 'rodenticide', 'grease', 'drain', 'noise', 'waste')
      AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), placed AS (
    SELECT sheet.*, (substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1) / months AS period FROM sheet
), followed AS (
    SELECT placed.*,
           lead(period, 1, (substr(today(), 1, 4) * 12 + substr(today(), 6, 2) - 1) / months)
             OVER (PARTITION BY kind ORDER BY day, record) AS next_period
    FROM placed
)
SELECT record,
       'kind' AS field,
       '此后有整整一个登记周期没有同一事项的登记' AS message_zh,
       'A whole period has passed without a register of the same matter after this one' AS message_en,
       'REG-PROP/16' AS breaks
FROM followed
WHERE next_period > period + 1
