-- 同音: places of one county, of kinds whose names should not sound alike, that sound alike and are written differently.
-- Every row ends with the number of all.
SELECT min(division_code), (array_agg(id ORDER BY id))[1], min(name), array_agg(id ORDER BY id),
  string_agg(DISTINCT name, ' = '), NULL::float8, NULL::float8, count(*) OVER ()
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND status <> 'retired' AND pinyin <> ''
GROUP BY county_code, lower(replace(replace(pinyin, ' ', ''), 'ü', 'v')),
  CASE WHEN kind IN ('road', 'lane') THEN 1 WHEN kind = 'village' THEN 2 ELSE 3 END
HAVING count(DISTINCT name) > 1
ORDER BY min(name), county_code
LIMIT $3 OFFSET $4;
