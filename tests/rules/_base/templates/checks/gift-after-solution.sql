SELECT
  g.record AS record,
  'gifts' AS field,
  '礼品“' || g.gift || '”对应的回访 ' || g.call || ' 未解决' AS message_zh,
  'the gift “' || g.gift || '” belongs to ' || g.call || ', which was not solved' AS message_en,
  'REG-CALLBACK/5' AS breaks
FROM f_gift__gifts AS g JOIN f_callback AS c ON c.record = g.call
WHERE c.result <> 'solved';
