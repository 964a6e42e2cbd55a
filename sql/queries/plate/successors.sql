-- What an address or place became: those at the end of every way, as they are today.
WITH RECURSIVE next AS (
  SELECT to_id, 1 AS step
  FROM lineage
  WHERE county_code = $1 AND from_id = $2 AND superseded_at IS NULL
  UNION
  SELECT lineage.to_id, next.step + 1
  FROM lineage
  JOIN next ON lineage.county_code = $1 AND lineage.from_id = next.to_id AND lineage.superseded_at IS NULL
  WHERE next.step < 16
)
SELECT address.display, address.code
FROM address
WHERE address.county_code = $1 AND address.status <> 'retired' AND address.id IN (SELECT to_id FROM next)
UNION
SELECT place.name, place.code
FROM place
WHERE place.county_code = $1 AND place.status <> 'retired' AND place.id IN (SELECT to_id FROM next)
ORDER BY 1
LIMIT 20;
