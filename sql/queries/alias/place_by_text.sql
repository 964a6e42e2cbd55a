SELECT id, name
FROM address
WHERE county_code = $1 AND division_code = $2 AND level = 'place' AND display = $3 AND status = 'in_use';
