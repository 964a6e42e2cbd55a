-- 一路多名: a street whose beginning, middle and end all lie on a longer one of another name, within about 12 m. Every row
-- ends with the number of all.
WITH street AS MATERIALIZED (
  SELECT county_code, id, name, division_code, ST_Length(line) AS length, ST_StartPoint(line) AS starts,
    ST_LineInterpolatePoint(line, 0.5) AS middle, ST_EndPoint(line) AS ends
  FROM (
    SELECT county_code, id, name, division_code,
      CASE WHEN GeometryType(geom) = 'LINESTRING' THEN geom ELSE ST_GeometryN(geom, 1) END AS line
    FROM place
    WHERE county_code = ANY ($1) AND division_code LIKE $2 AND kind IN ('road', 'lane') AND status <> 'retired'
      AND geom IS NOT NULL
  ) AS drawn
)
SELECT street.division_code, street.id, street.name, ARRAY[street.id, other.id], street.name || ' = ' || other.name,
  ST_X(street.middle), ST_Y(street.middle), count(*) OVER ()
FROM street
JOIN place AS other ON other.county_code = street.county_code AND other.county_code = ANY ($1)
  AND other.geom && ST_Expand(street.middle, 0.00012)
WHERE other.kind IN ('road', 'lane') AND other.status <> 'retired' AND other.name <> street.name
  AND (street.length, street.id) < (ST_Length(other.geom), other.id)
  AND ST_DWithin(street.middle, other.geom, 0.00012) AND ST_DWithin(street.starts, other.geom, 0.00012)
  AND ST_DWithin(street.ends, other.geom, 0.00012)
ORDER BY street.id, other.id
LIMIT $3 OFFSET $4;
