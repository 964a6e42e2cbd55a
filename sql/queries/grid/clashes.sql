-- Which grids in use, but for those in $4, the shapes ($2) would overlap by more than $3 square metres.
SELECT given.n, grid.id, grid.name, ST_Area(common.shape::geography), ST_AsGeoJSON(common.shape, 7)
FROM unnest($2::text[]) WITH ORDINALITY AS given (shape, n)
JOIN grid ON grid.county_code = $1 AND grid.status = 'in_use' AND grid.kind <> 'group' AND grid.id <> ALL ($4)
  AND ST_Intersects(grid.geom, given.shape::geometry),
  LATERAL (SELECT ST_CollectionExtract(ST_Intersection(grid.geom, given.shape::geometry), 3) AS shape) AS common
WHERE ST_Area(common.shape::geography) > $3
ORDER BY given.n, 4 DESC
LIMIT 100;
