-- Mean score of this dimension among the answers for the plan; nothing where nobody gave one.
SELECT mean FROM q_survey_means WHERE dimension = 'commitment'
