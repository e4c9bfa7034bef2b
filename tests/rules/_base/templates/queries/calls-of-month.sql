SELECT COUNT(*) FROM records WHERE form = 'F-CALLBACK' AND SUBSTR(day, 1, 7) = SUBSTR(:day, 1, 7);
