-- What became of an object, step by step to the end: each with its depth.
WITH RECURSIVE onward AS (
  SELECT to_id, kind, 1 AS step
  FROM lineage
  WHERE county_code = $1 AND from_id = $2 AND superseded_at IS NULL
  UNION
  SELECT lineage.to_id, lineage.kind, onward.step + 1
  FROM onward
  JOIN lineage ON lineage.county_code = $1 AND lineage.from_id = onward.to_id AND lineage.superseded_at IS NULL
  WHERE onward.step < 32
)
SELECT to_id, kind, step
FROM onward
ORDER BY step, to_id;
