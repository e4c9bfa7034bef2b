-- Special appraisals are held since 9 November 2026: whoever was found responsible for a justified major complaint closed
-- since then has been appraised within the time allowed.
SELECT complaint.record AS record,
       'resp_person' AS field,
       '重大投诉办结后，没有按时对责任人' || complaint.resp_person || '进行专项考核' AS message_zh,
       complaint.resp_person || ', responsible for this major complaint, was not appraised in time' AS message_en,
       'REG-COMPLAINT/16' AS breaks
FROM f_complaint AS complaint
JOIN records ON records.record = complaint.record AND records.state = 'closed'
WHERE complaint.confirmed_level <> 'minor' AND complaint.justified = 1
  AND substr(complaint.closed_at, 1, 10) >= '2026-11-09'
  AND date(substr(complaint.closed_at, 1, 10), '+' || param('special_appraisal_days', records.day) || ' days') < today()
  AND NOT EXISTS (
      SELECT 1 FROM f_apprspecial AS paper
      JOIN records AS own ON own.record = paper.record
          AND own.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
      JOIN f_apprspecial__agents AS person ON person.record = paper.record AND person.staff = complaint.resp_person
      WHERE paper.trigger = complaint.record
        AND paper.date <= date(substr(complaint.closed_at, 1, 10), '+' || param('special_appraisal_days', records.day) || ' days'))
