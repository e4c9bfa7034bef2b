-- Ties and scarves in stock on the record's day (REG-UNIFORM/16).
SELECT COALESCE(SUM(qty), 0) FROM q_uniform_moved WHERE item IN ('tie', 'scarf') AND day <= :day;
