-- Plates of divisions ($2, a pattern) in a state ($3), $4 a kind or empty, for a list.
SELECT id
FROM plate
WHERE county_code = $1 AND division_code LIKE $2 AND state = $3 AND ($4 = '' OR kind = $4)
ORDER BY id
LIMIT $5;
