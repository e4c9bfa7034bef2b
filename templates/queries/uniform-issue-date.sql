-- Date of issue of the piece that a damage report is about.
SELECT MAX(i.date)
FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
WHERE i.record || '#' || i."no" = :issue AND r.state IN ('issued', 'received', 'closed');
