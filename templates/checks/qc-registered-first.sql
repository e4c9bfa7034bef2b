-- A circle works on a topic only once it is registered, and on its own one.
SELECT meeting.record AS record,
       'topic' AS field,
       CASE WHEN topic."group" <> meeting."group" THEN meeting.topic || '是小组' || topic."group" || '的课题'
            ELSE '活动时课题' || meeting.topic || '尚未注册' END AS message_zh,
       CASE WHEN topic."group" <> meeting."group" THEN meeting.topic || ' is the topic of circle ' || topic."group"
            ELSE 'Topic ' || meeting.topic || ' was not registered on that day' END AS message_en,
       'REG-QC/3' AS breaks
FROM f_qcact AS meeting
JOIN records ON records.record = meeting.record
    AND records.state NOT IN ('void', 'withdrawn', 'rejected', 'returned')
JOIN f_qcreg AS topic ON topic.record = meeting.topic
JOIN records AS own ON own.record = topic.record
WHERE topic."group" <> meeting."group" OR own.state <> 'closed' OR topic.registered_on > meeting.date
