-- A card number belongs to one member, and every day on which the club issued cards is reconciled. A day is allowed for the
-- sheet of the day; "now" is the newest record of the workspace.
WITH cards AS (
    SELECT member.record, member.place, member.card_no, substr(member.issued_at, 1, 10) AS day,
           row_number() OVER (PARTITION BY member.card_no ORDER BY member.issued_at, member.record) AS turn
    FROM f_memberreg AS member
    JOIN records ON records.record = member.record
    WHERE records.state IN ('fulfilled', 'closed')
)
SELECT record,
       'card_no' AS field,
       '会员卡号' || card_no || '已经发给其他会员' AS message_zh,
       'Card ' || card_no || ' was issued to another member before' AS message_en,
       CASE place WHEN 'club' THEN 'REG-MEMBER/3' ELSE 'REG-RETAIL/3' END AS breaks
FROM cards
WHERE turn > 1
UNION ALL
SELECT min(record),
       'issued_at',
       day || '办卡' || count(*) || '张，没有办卡日清表',
       count(*) || ' cards were issued on ' || day || ' and the day was not settled',
       'REG-MEMBER/2'
FROM cards
WHERE place = 'club'
  AND (SELECT max(datetime(created_at)) FROM records) > datetime(day, '+2 days')
  AND NOT EXISTS (
    SELECT 1 FROM f_memberday AS sheet
    JOIN records ON records.record = sheet.record
    WHERE sheet.date = cards.day AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned'))
GROUP BY day
