-- Addresses ($2) as their plates would show them: own text, the names above it from the place down, and how many plates
-- there are already. A floor stands on no plate.
WITH RECURSIVE up AS (
  SELECT id AS leaf, parent_id, ''::text AS name, 0 AS step
  FROM address
  WHERE county_code = $1 AND id = ANY ($2)
  UNION ALL
  SELECT up.leaf, above.parent_id, CASE WHEN above.level = 'floor' THEN '' ELSE above.name END || up.name, up.step + 1
  FROM address AS above
  JOIN up ON above.county_code = $1 AND above.id = up.parent_id
  WHERE up.step < 16
), named AS (
  SELECT DISTINCT ON (leaf) leaf, name
  FROM up
  ORDER BY leaf, step DESC
)
SELECT address.id, address.level, address.status, address.display, address.code, address.division_code, address.name,
  coalesce(nullif(named.name, ''), place.name, ''), coalesce(place.pinyin, ''), address.is_temporary,
  (SELECT count(*) FROM plate WHERE plate.county_code = $1 AND plate.object_id = address.id
    AND plate.state IN ('planned', 'listed', 'produced', 'installed', 'inspected')),
  (SELECT coalesce(max(plate.copy), 0) FROM plate WHERE plate.county_code = $1 AND plate.object_code = address.code
    AND address.code <> '')
FROM address
LEFT JOIN named ON named.leaf = address.id
LEFT JOIN place ON place.county_code = address.county_code AND place.id = address.place_id
WHERE address.county_code = $1 AND address.id = ANY ($2)
ORDER BY address.id;
