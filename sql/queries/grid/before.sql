-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('name', was.name, 'kind', was.kind, 'code', was.code, 'division_code', was.division_code,
    'leader_name', was.leader_name, 'leader_phone', was.leader_phone, 'worker_name', was.worker_name,
    'worker_phone', was.worker_phone, 'worker_count', was.worker_count, 'household_count', was.household_count,
    'area_m2', was.area_m2, 'geom', ST_AsEWKT(was.geom), 'status', was.status) END
FROM change
JOIN grid AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN grid_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'grid';
