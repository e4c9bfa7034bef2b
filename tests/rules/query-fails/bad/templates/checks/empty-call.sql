SELECT
  record,
  'minutes' AS field,
  '通话时间为零' AS message_zh,
  'the call took no time' AS message_en
FROM f_callbacks
WHERE minutes = 0;
