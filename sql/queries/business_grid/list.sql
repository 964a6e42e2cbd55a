SELECT id, name, department, division_code, grid_ids, version
FROM business_grid
WHERE county_code = $1 AND division_code LIKE $2 AND status = 'in_use'
ORDER BY department, name, id;
