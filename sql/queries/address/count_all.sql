SELECT count(*)
FROM address
WHERE county_code = ANY ($1) AND status = 'in_use';
