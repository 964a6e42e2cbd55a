-- The lines of roads and lanes in use, in the order of their ids.
SELECT id, name, division_code, ST_AsEWKB(geom)
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND kind IN ('road', 'lane') AND status <> 'retired'
  AND geom IS NOT NULL
ORDER BY id;
