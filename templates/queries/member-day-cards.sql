-- Cards of the club that the registrations say were issued on a day.
SELECT COUNT(*)
FROM f_memberreg AS member
JOIN records ON records.record = member.record
WHERE member.place = 'club' AND substr(member.issued_at, 1, 10) = :date AND records.state IN ('fulfilled', 'closed')
