-- Business grids in use that hold one of the grids in $2.
SELECT id, name, department, division_code, grid_ids, version
FROM business_grid
WHERE county_code = $1 AND status = 'in_use' AND grid_ids && $2;
