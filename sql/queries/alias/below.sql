-- An address and everything in use below it in the tree, with the texts.
WITH RECURSIVE down AS (
  SELECT id, display, 0 AS step
  FROM address
  WHERE county_code = $1 AND id = $2 AND status = 'in_use'
  UNION ALL
  SELECT child.id, child.display, down.step + 1
  FROM address AS child
  JOIN down ON child.county_code = $1 AND child.parent_id = down.id
  WHERE child.status = 'in_use' AND down.step < 16
)
SELECT id, display
FROM down
ORDER BY step;
