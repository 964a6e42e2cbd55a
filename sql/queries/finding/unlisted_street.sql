-- Addresses that are named places of which the register has no place. Every row ends with the number of all.
SELECT division_code, NULL::uuid, name, ARRAY[id], name, ST_X(point), ST_Y(point), count(*) OVER ()
FROM address
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND level = 'place' AND place_id IS NULL AND status <> 'retired'
ORDER BY id
LIMIT $3 OFFSET $4;
