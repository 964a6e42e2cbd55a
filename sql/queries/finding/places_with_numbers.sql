-- Places behind $3 with their geometry, in the order of ids: whose door numbers are looked at next.
SELECT id, name, division_code, CASE WHEN kind IN ('road', 'lane') THEN ST_AsEWKB(geom) END
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND status <> 'retired' AND id > $3
ORDER BY id
LIMIT $4;
