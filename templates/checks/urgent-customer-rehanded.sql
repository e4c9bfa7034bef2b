-- An urgent customer "passed on again" must really stand in the handover named, which must be a later one.
SELECT outcome.record AS record,
       'outcomes' AS field,
       '第' || outcome.no || '项客户' || customer.customer || '不在所写的再次移交记录' || outcome.rehanded || '中' AS message_zh,
       'Customer ' || customer.customer || ' of item ' || outcome.no || ' does not stand in ' || outcome.rehanded AS message_en,
       'REG-HANDOVER/13' AS breaks
FROM f_custhandover__outcomes AS outcome
JOIN records AS book ON book.record = outcome.record AND book.state NOT IN ('void', 'withdrawn', 'rejected', 'returned')
JOIN f_custhandover__customers AS customer ON customer.record = outcome.record AND customer.no = outcome.no
WHERE outcome.outcome = 'rehanded'
  AND NOT EXISTS (
    SELECT 1 FROM f_custhandover__customers AS again
    JOIN records AS later ON later.record = again.record
    WHERE again.record = outcome.rehanded AND again.customer = customer.customer
      AND later.record <> book.record AND later.day >= book.day
      AND later.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
