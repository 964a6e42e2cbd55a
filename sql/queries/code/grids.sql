SELECT id, name, code, status, version, division_code
FROM grid
WHERE county_code = $1 AND id = ANY ($2);
