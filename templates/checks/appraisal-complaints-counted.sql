-- A monthly appraisal counts every justified complaint that was closed against the person in that month.
WITH sheet AS (
    SELECT appraisal.record, appraisal.agent, appraisal.complaints,
           (SELECT COUNT(*)
            FROM f_complaint AS complaint
            JOIN records AS closed ON closed.record = complaint.record AND closed.state = 'closed'
            WHERE complaint.justified = 1 AND complaint.resp_person = appraisal.agent
              AND substr(complaint.closed_at, 1, 7) = substr(appraisal.month, 1, 7)) AS found
    FROM f_apprmonth AS appraisal
    JOIN records ON records.record = appraisal.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
)
SELECT record,
       'complaints' AS field,
       agent || '当月有理由投诉' || found || '件，考评表填写' || complaints || '件' AS message_zh,
       found || ' justified complaints against ' || agent || ' in the month, ' || complaints || ' counted' AS message_en,
       'REG-COMPLAINT/12' AS breaks
FROM sheet
WHERE complaints <> found
