-- Mean weekly score for ability of a person in the month; nothing where there is none.
SELECT mean FROM q_appraisal_means WHERE dimension = 'ability'
