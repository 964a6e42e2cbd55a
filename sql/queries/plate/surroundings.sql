-- Roads and buildings around a point ($2, $3), as SVG paths in metres from it, y downwards; $4 how far in degrees of latitude.
WITH around AS MATERIALIZED (
  SELECT ST_Expand(ST_SetSRID(ST_MakePoint($2, $3), 4490), $4 / cos(radians($3)), $4) AS box
)
(SELECT 'road', ST_AsSVG(ST_Scale(ST_Translate(ST_Intersection(ST_MakeValid(place.geom), around.box), -$2, -$3),
  cos(radians($3)) * 111320, 111320), 0, 1), place.name
FROM place, around
WHERE place.county_code = $1 AND place.status = 'in_use' AND place.geom && around.box AND ST_Dimension(place.geom) = 1
LIMIT 60)
UNION ALL
(SELECT 'building', ST_AsSVG(ST_Scale(ST_Translate(ST_Intersection(ST_MakeValid(building.footprint), around.box), -$2, -$3),
  cos(radians($3)) * 111320, 111320), 0, 1), ''
FROM building, around
WHERE building.county_code = $1 AND building.status = 'in_use' AND building.footprint && around.box
LIMIT 200);
