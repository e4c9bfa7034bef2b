-- The members recruited in a month are those that the registrations show.
WITH reported AS (
    SELECT task.record, task.month, task.done_total
    FROM f_membertask AS task
    JOIN records ON records.record = task.record
    WHERE records.state IN ('reviewed', 'closed')
), registered AS (
    SELECT substr(member.issued_at, 1, 7) || '-01' AS month, count(*) AS cards
    FROM f_memberreg AS member
    JOIN records ON records.record = member.record
    WHERE member.place = 'club' AND records.state IN ('fulfilled', 'closed')
    GROUP BY substr(member.issued_at, 1, 7)
)
SELECT reported.record AS record,
       'results' AS field,
       '完成合计' || reported.done_total || '，会员登记为' || coalesce(registered.cards, 0) AS message_zh,
       'Done in all ' || reported.done_total || ', registered ' || coalesce(registered.cards, 0) AS message_en,
       'REG-MEMBER/1' AS breaks
FROM reported
LEFT JOIN registered ON registered.month = reported.month
WHERE reported.done_total <> coalesce(registered.cards, 0)
