SELECT id, name, generic, kind, division_code, width_m, ST_AsEWKB(geom), version
FROM place
WHERE county_code = $1 AND id = ANY ($2);
