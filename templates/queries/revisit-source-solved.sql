-- The day on which the matter that a follow-up is about was solved; nothing while it is open.
SELECT substr(solved_at, 1, 10) FROM f_svcrec WHERE record = :source
UNION ALL
SELECT substr(solved_at, 1, 10) FROM f_complaint WHERE record = :source
UNION ALL
SELECT substr(MAX(done_at), 1, 10) FROM f_repair__jobs WHERE record = :source HAVING MAX(done_at) IS NOT NULL
