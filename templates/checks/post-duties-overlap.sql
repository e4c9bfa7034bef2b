-- Of the descriptions in force, no two posts answer for the same duty, and superior and subordinate name each other.
WITH present AS (
    SELECT paper.record, paper.post, paper.superior
    FROM f_post AS paper
    JOIN records ON records.record = paper.record AND records.state IN ('approve', 'closed')
    WHERE paper.valid_from <= today() AND NOT EXISTS (
        SELECT 1 FROM f_post AS later
        JOIN records AS own ON own.record = later.record AND own.state IN ('approve', 'closed')
        WHERE later.post = paper.post AND later.valid_from <= today()
          AND (later.valid_from, later.record) > (paper.valid_from, paper.record))
)
SELECT mine.record AS record,
       'duties' AS field,
       '职责“' || own.duty || '”与岗位' || theirs.post || '的主责重叠（' || theirs.record || '）' AS message_zh,
       theirs.post || ' answers for ' || own.duty || ' as well (' || theirs.record || ')' AS message_en,
       'REG-ORG/1' AS breaks
FROM present AS mine
JOIN f_post__duties AS own ON own.record = mine.record AND own.part = 'lead'
JOIN present AS theirs ON theirs.post <> mine.post AND theirs.record < mine.record
JOIN f_post__duties AS other ON other.record = theirs.record AND other.part = 'lead' AND other.duty = own.duty
UNION ALL
SELECT mine.record,
       'superior',
       '直接上级' || superior.post || '的说明书没有把' || mine.post || '列为下属（' || superior.record || '）',
       'The description of ' || superior.post || ' does not name ' || mine.post || ' as a subordinate (' || superior.record || ')',
       'REG-ORG/1'
FROM present AS mine
JOIN present AS superior ON superior.post = mine.superior
JOIN f_post AS paper ON paper.record = superior.record
WHERE coalesce(instr('、' || paper.subordinates || '、', '、' || mine.post || '、'), 0) = 0
