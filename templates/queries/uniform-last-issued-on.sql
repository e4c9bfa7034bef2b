-- Date of the applicant's issue that a renewal cites, by line (ZF1-202409-001#3) or by register.
SELECT MAX(i.date)
FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
WHERE
  i.receiver = :applicant AND :last_issue IN (i.record || '#' || i."no", i.record)
  AND r.state IN ('issued', 'received', 'closed');
