-- Mean score of those who sat the test of a session; nothing if there was none.
SELECT ROUND(AVG(score), 2) FROM f_trainrec__attendees WHERE record = :session AND score IS NOT NULL
