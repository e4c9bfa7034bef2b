-- How many driving records fit a traffic violation.
SELECT count(*) FROM q_violation_uses
