-- 漏: buildings without an address. Every row ends with the number of all.
SELECT division_code, place_id, name, ARRAY[id], name, ST_X(ST_PointOnSurface(footprint)),
  ST_Y(ST_PointOnSurface(footprint)), count(*) OVER ()
FROM building
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND address_id IS NULL AND status <> 'retired'
ORDER BY id
LIMIT $3 OFFSET $4;
