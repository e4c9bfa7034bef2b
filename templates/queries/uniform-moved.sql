-- What came into the stock of uniforms and what left it: stock on hand = accepted - issued + returned - scrapped (REG-UNIFORM/16).
-- What staff hand in to be scrapped comes back and goes out at once, so only stock that is scrapped counts here.
SELECT 'accepted' AS kind, r.day AS day, a.record AS record, 0 AS line, a.item AS item, a.accepted AS qty
FROM f_uniaccept__items AS a JOIN records AS r ON r.record = a.record
WHERE r.state IN ('done', 'rectifying', 'verified', 'closed')
UNION ALL
SELECT 'returned', r.day, b.record, 0, b.item, b.returned
FROM f_unireturn__items AS b JOIN records AS r ON r.record = b.record
WHERE r.state IN ('fulfilled', 'closed')
UNION ALL
SELECT 'issued', i.date, i.record, CAST(i."no" AS INTEGER), i.item, -i.qty
FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
WHERE r.state IN ('issued', 'received', 'closed')
UNION ALL
SELECT 'scrapped', substr(s.disposed_at, 1, 10), x.record, 0, x.item, -x.qty
FROM f_uniscrap__items AS x JOIN f_uniscrap AS s ON s.record = x.record JOIN records AS r ON r.record = x.record
WHERE s.source = 'stock' AND r.state = 'closed'
