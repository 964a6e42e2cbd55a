SELECT id, name, use, floors, height_m, ST_AsEWKB(footprint), version, address_id
FROM building
WHERE county_code = $1 AND id = ANY ($2);
