-- What surveys found at an address, the newest first.
SELECT finding, note, surveyed_on::text, surveyed_by, source
FROM plate_survey
WHERE county_code = $1 AND address_id = $2
ORDER BY surveyed_on DESC, recorded_at DESC
LIMIT 100;
