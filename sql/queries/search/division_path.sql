-- A division and all above it, the outermost first; divisions are in every node.
WITH RECURSIVE up AS (
  SELECT code, parent, level, name, 0 AS step
  FROM division
  WHERE code = $1 AND valid_to = 'infinity'
  UNION ALL
  SELECT above.code, above.parent, above.level, above.name, up.step + 1
  FROM division AS above
  JOIN up ON above.code = up.parent AND above.valid_to = 'infinity'
  WHERE up.step < 8
)
SELECT code, level, name, parent
FROM up
ORDER BY step DESC;
