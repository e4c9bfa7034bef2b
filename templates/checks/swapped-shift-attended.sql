-- After an approved swap the person who took a shift over must be in the duty log of that shift.
-- If not, the post was left empty through the swap and both answer for it.
WITH taken AS (
    SELECT record, shift_a_date AS shift_date, shift_a AS shift, counterpart AS stand_in, applicant AS other FROM f_shiftswap
    UNION ALL
    SELECT record, shift_b_date, shift_b, applicant, counterpart FROM f_shiftswap WHERE shift_b_date IS NOT NULL
)
SELECT taken.record AS record,
       'counterpart' AS field,
       taken.stand_in || '换上' || taken.shift_date || '的班次，值班日志上没有此人；由' || taken.stand_in || '和' || taken.other || '共同负责' AS message_zh,
       taken.stand_in || ' took a shift on ' || taken.shift_date || ' but is not in its duty log; '
         || taken.stand_in || ' and ' || taken.other || ' answer for it together' AS message_en,
       'REG-HANDOVER/10' AS breaks
FROM taken
JOIN records AS swap ON swap.record = taken.record AND swap.state IN ('approved', 'closed')
JOIN f_dutylog AS log ON log.duty_date = taken.shift_date AND log.shift = taken.shift
JOIN records AS duty ON duty.record = log.record AND duty.state IN ('signed_out', 'closed')
WHERE NOT EXISTS (
    SELECT 1 FROM f_dutylog__on_duty AS present
    WHERE present.record = log.record AND present.staff = taken.stand_in)
