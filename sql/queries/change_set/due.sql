-- Approved sets whose day has come.
SELECT id
FROM change_set
WHERE county_code = $1 AND state = 'approved' AND effective_on <= $2
ORDER BY id;
