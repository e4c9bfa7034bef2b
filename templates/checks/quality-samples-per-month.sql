-- In a finished month with quality samples, everybody who sat at a seat was sampled as often as REG-CONDUCT/16 asks: the number
-- of the parameter, or once for each day on duty if there were fewer days. The finding stands at the last sample of the month.
WITH sampled AS (
    SELECT records.record, strftime('%Y-%m', records.day) AS month, records.day, sample.agent
    FROM f_qualitymon AS sample
    JOIN records ON records.record = sample.record
    WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
),
months AS (
    SELECT month, max(record) AS record, max(day) AS day
    FROM sampled
    WHERE date(month || '-01', '+1 month') <= today()
    GROUP BY month
),
seated AS (
    SELECT strftime('%Y-%m', records.day) AS month, duty.staff, count(DISTINCT records.day) AS days
    FROM f_dutylog__on_duty AS duty
    JOIN records ON records.record = duty.record
    WHERE duty.seat IS NOT NULL AND records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
    GROUP BY 1, 2
),
compared AS (
    SELECT months.record, months.month, seated.staff, min(param('qa_samples', months.day), seated.days) AS needed,
           (SELECT count(*) FROM sampled WHERE sampled.month = months.month AND sampled.agent = seated.staff) AS done
    FROM months
    JOIN seated ON seated.month = months.month
)
SELECT record,
       'agent' AS field,
       staff || '在' || month || '月抽检' || done || '次，应为' || needed || '次' AS message_zh,
       staff || ' was sampled ' || done || ' times in ' || month || ', ' || needed || ' required' AS message_en,
       'REG-CONDUCT/16' AS breaks
FROM compared
WHERE done < needed
