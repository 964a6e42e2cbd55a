-- Shapes ($1, each of the form in $2: geojson or ewkt) as they are stored, and what is wrong with them; in their order. No table is read.
SELECT given.n, CASE WHEN made.shape IS NULL THEN 'no_polygon' WHEN ST_IsValid(made.shape) THEN '' ELSE 'not_valid' END,
  ST_AsEWKT(made.shape), ST_Area(made.shape::geography), ST_X(made.middle), ST_Y(made.middle), ST_YMin(made.shape),
  ST_YMax(made.shape)
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given (shape, form, n),
  LATERAL (
    SELECT CASE WHEN ST_GeometryType(read.shape) IN ('ST_Polygon', 'ST_MultiPolygon') THEN ST_Multi(read.shape) END AS shape,
      ST_PointOnSurface(read.shape) AS middle
    FROM (
      SELECT ST_SetSRID(CASE WHEN given.form = 'geojson' THEN ST_GeomFromGeoJSON(given.shape) ELSE given.shape::geometry END,
        4490) AS shape
    ) AS read
  ) AS made
ORDER BY given.n;
