-- Buildings of a division ($2, a pattern) by the number of base and exclusive grids that hold them.
SELECT held.grids, count(*)
FROM (
  SELECT (
    SELECT count(*)
    FROM grid
    WHERE grid.county_code = building.county_code AND grid.status = 'in_use' AND grid.kind <> 'group'
      AND ST_Covers(grid.geom, ST_PointOnSurface(building.footprint))
  ) AS grids
  FROM building
  WHERE building.county_code = $1 AND building.division_code LIKE $2 AND building.status = 'in_use'
    AND building.footprint IS NOT NULL
) AS held
GROUP BY held.grids
ORDER BY held.grids;
