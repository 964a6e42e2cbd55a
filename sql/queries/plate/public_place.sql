-- What everybody may know of a place.
SELECT name, code, 'place', status, division_code, ST_X(ST_PointOnSurface(geom)), ST_Y(ST_PointOnSurface(geom)), false
FROM place
WHERE county_code = $1 AND id = $2;
