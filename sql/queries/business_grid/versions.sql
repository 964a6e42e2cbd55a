-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('name', name, 'department', department, 'division_code', division_code, 'grid_ids', grid_ids,
    'status', status)
FROM business_grid
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('name', name, 'department', department, 'division_code', division_code, 'grid_ids', grid_ids,
    'status', status)
FROM business_grid_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
