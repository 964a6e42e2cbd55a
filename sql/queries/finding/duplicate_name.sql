-- 重名: places of one county, of kinds whose names may not repeat, that have one name; the parts of one street through
-- several divisions count once. Every row ends with the number of all.
SELECT min(division_code), (array_agg(id ORDER BY id))[1], name, array_agg(id ORDER BY id), name, NULL::float8,
  NULL::float8, count(*) OVER ()
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND status <> 'retired' AND name <> ''
GROUP BY county_code, name, CASE WHEN kind IN ('road', 'lane') THEN 1 WHEN kind = 'village' THEN 2 ELSE 3 END
HAVING count(DISTINCT coalesce(joined_id, id)) > 1
ORDER BY name, county_code
LIMIT $3 OFFSET $4;
