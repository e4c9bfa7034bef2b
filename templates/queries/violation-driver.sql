-- The driver on the driving record that fits a traffic violation, if there is exactly one.
SELECT max(driver) FROM q_violation_uses HAVING count(*) = 1
