-- The last day of the survey that the plan set.
SELECT due FROM f_surveyplan WHERE record = :plan
