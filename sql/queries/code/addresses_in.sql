-- Live addresses of divisions ($2), for new codes.
SELECT id, version, level, code, display, division_code
FROM address
WHERE county_code = $1 AND division_code = ANY ($2) AND status <> 'retired'
ORDER BY id;
