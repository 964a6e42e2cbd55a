-- The texts that an address had before, and those of the addresses that became it, with the day until which they held.
WITH RECURSIVE origin AS (
  SELECT $2::uuid AS id, 0 AS step
  UNION
  SELECT lineage.from_id, origin.step + 1
  FROM lineage
  JOIN origin ON lineage.county_code = $1 AND lineage.to_id = origin.id AND lineage.superseded_at IS NULL
  WHERE origin.step < 16
), told AS (
  SELECT was.display, was.valid_to AS until, was.id, was.change_id
  FROM address_history AS was
  JOIN origin ON was.county_code = $1 AND was.id = origin.id
  WHERE was.superseded_at IS NULL
  UNION ALL
  SELECT gone.display, gone.valid_from, gone.id, gone.change_id
  FROM address AS gone
  JOIN origin ON gone.county_code = $1 AND gone.id = origin.id AND origin.step > 0
)
SELECT told.display, max(told.until)::text,
  coalesce((SELECT change.reason FROM change WHERE change.county_code = $1 AND change.object_id = $2
    ORDER BY change.at DESC LIMIT 1), '')
FROM told
WHERE told.display <> (SELECT address.display FROM address WHERE address.county_code = $1 AND address.id = $2)
GROUP BY told.display
ORDER BY 2 DESC
LIMIT 200;
