-- Ties and scarves in stock on the record's day (REG-UNIFORM/16): accepted - issued + returned - scrapped from stock.
WITH movement (day, item, qty) AS (
  SELECT r.day, a.item, a.accepted
  FROM f_uniaccept__items AS a JOIN records AS r ON r.record = a.record
  WHERE r.state IN ('done', 'rectifying', 'verified', 'closed')
  UNION ALL
  SELECT i.date, i.item, -i.qty
  FROM f_uniissue__items AS i JOIN records AS r ON r.record = i.record
  WHERE r.state IN ('issued', 'received', 'closed')
  UNION ALL
  SELECT r.day, b.item, b.returned
  FROM f_unireturn__items AS b JOIN records AS r ON r.record = b.record
  WHERE r.state IN ('fulfilled', 'closed')
  UNION ALL
  SELECT substr(s.disposed_at, 1, 10), x.item, -x.qty
  FROM f_uniscrap__items AS x JOIN f_uniscrap AS s ON s.record = x.record JOIN records AS r ON r.record = x.record
  WHERE s.source = 'stock' AND r.state = 'closed'
)
SELECT COALESCE(SUM(qty), 0) FROM movement WHERE item IN ('tie', 'scarf') AND day <= :day;
