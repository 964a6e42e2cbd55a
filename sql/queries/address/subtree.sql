-- Addresses ($2) and all that lies below them and is not retired, parents before children.
WITH RECURSIVE down AS (
  SELECT id, 0 AS step
  FROM address
  WHERE county_code = $1 AND id = ANY ($2)
  UNION ALL
  SELECT child.id, down.step + 1
  FROM down
  JOIN address AS child ON child.county_code = $1 AND child.parent_id = down.id AND child.status <> 'retired'
  WHERE down.step < 16
)
SELECT address.id, address.parent_id, address.place_id, address.building_id, address.level, address.name, address.display,
  address.code, address.division_code, address.status, address.version, address.change_id
FROM down
JOIN address ON address.county_code = $1 AND address.id = down.id
ORDER BY down.step, address.id;
