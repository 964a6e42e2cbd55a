-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('name', name, 'kind', kind, 'code', code, 'division_code', division_code,
    'leader_name', leader_name, 'leader_phone', leader_phone, 'worker_name', worker_name,
    'worker_phone', worker_phone, 'worker_count', worker_count, 'household_count', household_count,
    'area_m2', area_m2, 'geom', ST_AsEWKT(geom), 'status', status)
FROM grid
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('name', name, 'kind', kind, 'code', code, 'division_code', division_code,
    'leader_name', leader_name, 'leader_phone', leader_phone, 'worker_name', worker_name,
    'worker_phone', worker_phone, 'worker_count', worker_count, 'household_count', household_count,
    'area_m2', area_m2, 'geom', ST_AsEWKT(geom), 'status', status)
FROM grid_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
