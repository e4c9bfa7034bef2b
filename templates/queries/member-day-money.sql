-- Money that the registrations say was paid in with the club's cards of a day.
SELECT printf('%.2f', TOTAL(member.recharge_actual))
FROM f_memberreg AS member
JOIN records ON records.record = member.record
WHERE member.place = 'club' AND substr(member.issued_at, 1, 10) = :date AND records.state IN ('fulfilled', 'closed')
