-- The last day of the permit that a pass belongs to.
SELECT valid_to FROM f_renovpermit WHERE record = :permit
