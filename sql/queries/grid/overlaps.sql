-- Grids in use of a division ($2, a pattern) that overlap by more than $3 square metres.
SELECT a.id, a.name, b.id, b.name, ST_Area(common.shape::geography), ST_AsGeoJSON(common.shape, 7)
FROM grid AS a
JOIN grid AS b ON b.county_code = a.county_code AND b.status = 'in_use' AND b.kind <> 'group' AND a.id < b.id
  AND ST_Intersects(a.geom, b.geom),
  LATERAL (SELECT ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 3) AS shape) AS common
WHERE a.county_code = $1 AND a.status = 'in_use' AND a.kind <> 'group' AND a.division_code LIKE $2
  AND ST_Area(common.shape::geography) > $3
ORDER BY 5 DESC
LIMIT $4;
