-- Grids as the planners need them.
SELECT id, name, kind, code, division_code, status, version, ST_AsEWKT(geom)
FROM grid
WHERE county_code = $1 AND id = ANY ($2);
