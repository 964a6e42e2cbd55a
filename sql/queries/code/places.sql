SELECT id, name, code, status, version, division_code
FROM place
WHERE county_code = $1 AND id = ANY ($2);
