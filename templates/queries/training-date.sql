-- Day of the session that an evaluation is about.
SELECT date FROM f_trainrec WHERE record = :session
