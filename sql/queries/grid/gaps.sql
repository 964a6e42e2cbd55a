-- Holes of more than $3 square metres among the grids in use of a division ($2, a pattern).
WITH whole AS MATERIALIZED (
  SELECT ST_Union(geom) AS shape
  FROM grid
  WHERE county_code = $1 AND status = 'in_use' AND kind <> 'group' AND division_code LIKE $2
), ring AS (
  SELECT (ST_DumpRings(part.geom)).path[1] AS n, (ST_DumpRings(part.geom)).geom AS shape
  FROM whole, LATERAL ST_Dump(whole.shape) AS part
)
SELECT ST_Area(shape::geography), ST_AsGeoJSON(shape, 7)
FROM ring
WHERE n > 0 AND ST_Area(shape::geography) > $3
ORDER BY 1 DESC
LIMIT $4;
