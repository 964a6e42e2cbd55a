-- 有路无名: roads and lanes without a name, or with one that only says so. Every row ends with the number of all.
SELECT division_code, id, name, ARRAY[id], name, ST_X(ST_PointOnSurface(geom)), ST_Y(ST_PointOnSurface(geom)),
  count(*) OVER ()
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND kind IN ('road', 'lane') AND status <> 'retired'
  AND (name = '' OR name ~ '^(无名|未命名|未定名|待命名|暂无名)' OR name ~ '^规划[一二三四五六七八九十0-9]*(路|街|道|巷)$')
ORDER BY id
LIMIT $3 OFFSET $4;
