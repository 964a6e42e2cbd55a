-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('name', name, 'department', department, 'division_code', division_code, 'grid_ids', grid_ids,
    'status', status)
FROM business_grid
WHERE county_code = $1 AND id = ANY ($2);
