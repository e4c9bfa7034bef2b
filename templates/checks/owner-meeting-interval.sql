-- Owners meet once in every quarter, half-year or year; the meeting that began the gap is reported (REG-PROP/11).
WITH meeting AS (
    SELECT records.record, records.day,
           CASE param('owner_meeting_period', records.day) WHEN 'quarter' THEN 3 WHEN 'half_year' THEN 6 ELSE 12 END AS months
    FROM f_ownermeet AS sheet
    JOIN records ON records.record = sheet.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
), placed AS (
    SELECT meeting.*, (substr(day, 1, 4) * 12 + substr(day, 6, 2) - 1) / months AS period FROM meeting
), followed AS (
    SELECT placed.*,
           lead(period, 1, (substr(today(), 1, 4) * 12 + substr(today(), 6, 2) - 1) / months)
             OVER (ORDER BY day, record) AS next_period
    FROM placed
)
SELECT record,
       'start' AS field,
       day || '之后有整整一个周期没有召开业主会议' AS message_zh,
       'A whole period has passed without an owners'' meeting after ' || day AS message_en,
       'REG-PROP/11' AS breaks
FROM followed
WHERE next_period > period + 1
