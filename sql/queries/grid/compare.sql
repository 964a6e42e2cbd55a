-- How much of the grids in $2 the shapes ($3) do not cover, and how much of the shapes lies outside them, in square metres.
WITH old AS MATERIALIZED (
  SELECT ST_Union(geom) AS shape
  FROM grid
  WHERE county_code = $1 AND id = ANY ($2)
), new AS MATERIALIZED (
  SELECT ST_Union(given.shape::geometry) AS shape
  FROM unnest($3::text[]) AS given (shape)
), inside AS MATERIALIZED (
  SELECT coalesce(sum(ST_Area(given.shape::geometry::geography)), 0) AS area
  FROM unnest($3::text[]) AS given (shape)
)
SELECT ST_Area(ST_Difference(old.shape, new.shape)::geography), ST_Area(ST_Difference(new.shape, old.shape)::geography),
  inside.area - ST_Area(new.shape::geography)
FROM old, new, inside;
