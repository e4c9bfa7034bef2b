-- A customer's car moves within the consent given for it: the same car, the same time.
SELECT used.record, 'customer_consent' AS field,
       '同意书 ' || used.customer_consent || ' 不是该车的，或者没有签字，或者时间不符' AS message_zh,
       'Consent ' || used.customer_consent || ' is of another car, not signed, or for another time' AS message_en,
       'REG-VEHICLE/4' AS breaks
FROM f_vehuse AS used
JOIN records ON records.record = used.record
JOIN f_carconsent AS consent ON consent.record = used.customer_consent
JOIN records AS given ON given.record = consent.record
WHERE records.state NOT IN ('draft', 'void', 'withdrawn', 'rejected', 'returned')
  AND (given.state <> 'closed' OR consent.vehicle <> used.vehicle
       OR datetime(used.out_at) < datetime(consent.from_at)
       OR datetime(coalesce(used.back_at, used.out_at)) > datetime(consent.to_at))
