-- How many buildings would go from which grid ($2) into which of the shapes ($3): where each stands by a point inside it.
SELECT grid.id, grid.name, given.n, count(*)
FROM grid
JOIN building ON building.county_code = grid.county_code AND building.status = 'in_use'
  AND building.footprint && grid.geom AND ST_Covers(grid.geom, ST_PointOnSurface(building.footprint))
LEFT JOIN unnest($3::text[]) WITH ORDINALITY AS given (shape, n)
  ON ST_Covers(given.shape::geometry, ST_PointOnSurface(building.footprint))
WHERE grid.county_code = $1 AND grid.id = ANY ($2)
GROUP BY grid.id, grid.name, given.n
ORDER BY grid.name, given.n;
