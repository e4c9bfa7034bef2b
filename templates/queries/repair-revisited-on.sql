-- The day of the follow-up that a repair order names.
SELECT substr(at, 1, 10) FROM f_revisit WHERE record = :revisit
