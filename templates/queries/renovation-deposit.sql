-- The deposit that the application behind a permit asks for.
SELECT deposit FROM f_renovapply WHERE record = :application
