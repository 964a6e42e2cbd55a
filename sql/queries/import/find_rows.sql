-- One look-up a digest, whatever the planner believes of a table that grows under it.
SELECT wanted.digest, found.outcome, found.reason
FROM unnest($3::bytea[]) AS wanted (digest)
CROSS JOIN LATERAL (
  SELECT outcome, reason
  FROM import_row
  WHERE file_digest = $1 AND kind = $2 AND row_digest = wanted.digest
  LIMIT 1
) AS found;
