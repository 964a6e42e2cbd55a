-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('name', name, 'kind', kind, 'code', code, 'division_code', division_code,
    'leader_name', leader_name, 'leader_phone', leader_phone, 'worker_name', worker_name,
    'worker_phone', worker_phone, 'worker_count', worker_count, 'household_count', household_count,
    'area_m2', area_m2, 'geom', ST_AsEWKT(geom), 'status', status)
FROM grid
WHERE county_code = $1 AND id = ANY ($2);
