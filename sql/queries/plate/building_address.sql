-- The main address of a building.
SELECT address_id
FROM building
WHERE county_code = $1 AND id = $2 AND address_id IS NOT NULL;
