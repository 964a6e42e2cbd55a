-- Everything at and below a building's main address belongs to it: $2 addresses, $3 buildings. The link is a short cut for
-- building_address, not a fact of its own, so the address keeps its version.
WITH RECURSIVE below AS (
  SELECT given.address_id AS id, given.building_id
  FROM unnest($2::uuid[], $3::uuid[]) AS given (address_id, building_id)
  UNION ALL
  SELECT address.id, below.building_id
  FROM below
  JOIN address ON address.county_code = $1 AND address.parent_id = below.id AND address.building_id IS NULL
)
UPDATE address
SET building_id = below.building_id
FROM below
WHERE address.county_code = $1 AND address.id = below.id;
