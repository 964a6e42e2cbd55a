SELECT ST_AsEWKT(ST_Multi(ST_Union(geom))), ST_Area(ST_Union(geom)::geography)
FROM grid
WHERE county_code = $1 AND id = ANY ($2);
