-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('name', was.name, 'department', was.department, 'division_code', was.division_code,
    'grid_ids', was.grid_ids, 'status', was.status) END
FROM change
JOIN business_grid AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN business_grid_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'business_grid';
