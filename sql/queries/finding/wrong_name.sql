-- 错: door numbers whose text does not hold the standard name of the place they stand on. Every row ends with the number of
-- all.
SELECT address.division_code, place.id, place.name, ARRAY[address.id], address.display, ST_X(address.point),
  ST_Y(address.point), count(*) OVER ()
FROM place
JOIN address ON address.county_code = place.county_code AND address.county_code = ANY ($1)
  AND address.place_id = place.id AND address.level = 'number'
WHERE place.county_code = ANY ($1) AND place.division_code LIKE $2 AND place.status <> 'retired'
  AND address.status <> 'retired' AND strpos(address.display, place.name) = 0
ORDER BY place.id, address.id
LIMIT $3 OFFSET $4;
