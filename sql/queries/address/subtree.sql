-- Addresses ($2) and all that lies below them and is not retired, parents before children; `root` says below which.
WITH RECURSIVE down AS (
  SELECT id, id AS root, 0 AS step
  FROM address
  WHERE county_code = $1 AND id = ANY ($2)
  UNION ALL
  SELECT child.id, down.root, down.step + 1
  FROM down
  JOIN address AS child ON child.county_code = $1 AND child.parent_id = down.id AND child.status <> 'retired'
  WHERE down.step < 16
)
SELECT down.root, address.id, address.parent_id, address.place_id, address.building_id, address.level, address.name,
  address.display, address.code, address.division_code, address.status, address.version, coalesce(room.version, 0)
FROM down
JOIN address ON address.county_code = $1 AND address.id = down.id
LEFT JOIN room ON room.county_code = $1 AND room.id = down.id
ORDER BY down.step, address.id;
