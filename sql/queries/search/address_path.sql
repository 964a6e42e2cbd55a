-- An address and all above it in the tree, the address itself first.
WITH RECURSIVE up AS (
  SELECT id, parent_id, level, name, 0 AS step
  FROM address
  WHERE county_code = $1 AND id = $2
  UNION ALL
  SELECT parent.id, parent.parent_id, parent.level, parent.name, up.step + 1
  FROM address AS parent
  JOIN up ON parent.county_code = $1 AND parent.id = up.parent_id
  WHERE up.step < 16
)
SELECT id, level, name
FROM up
ORDER BY step;
