-- Grids of a division ($2, a pattern) and kind ($3 or 'all'), a page behind code $4 and id $7; with their borders if $6.
SELECT id, name, kind, code, division_code, leader_name, leader_phone, worker_name, worker_phone, worker_count,
  household_count, area_m2, status, version, CASE WHEN $6::boolean THEN ST_AsGeoJSON(geom, 7) END
FROM grid
WHERE county_code = $1 AND division_code LIKE $2 AND status = 'in_use' AND ($3 = 'all' OR kind = $3)
  AND (code, id) > ($4, $7::uuid)
ORDER BY code, id
LIMIT $5;
