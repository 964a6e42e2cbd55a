-- The grids in use that hold a point, base and exclusive ones first.
SELECT id, name, kind, code, division_code, leader_name, leader_phone, worker_name, worker_phone, worker_count,
  household_count, area_m2, status, version, NULL::text
FROM grid
WHERE county_code = ANY ($1) AND status = 'in_use' AND ST_Covers(geom, ST_SetSRID(ST_MakePoint($2, $3), 4490))
ORDER BY kind = 'group', code, id;
