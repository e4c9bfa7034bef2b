-- The day on which a notice of a meeting first went out.
SELECT substr(MIN(posted_at), 1, 10) FROM f_notice__deliveries WHERE record = :notice
