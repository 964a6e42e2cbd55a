-- Texts by which addresses in use were known on days that are over, and those of addresses that became part of them or were
-- replaced by them; but none that another address in use bears today. $2 the addresses, NULL for all of the county.
WITH RECURSIVE onward AS (
  SELECT lineage.from_id AS was, lineage.to_id AS heir, 1 AS step
  FROM lineage
  WHERE lineage.county_code = $1 AND lineage.object_kind = 'address' AND lineage.superseded_at IS NULL
  UNION
  SELECT onward.was, lineage.to_id, onward.step + 1
  FROM onward
  JOIN lineage ON lineage.county_code = $1 AND lineage.from_id = onward.heir AND lineage.superseded_at IS NULL
  WHERE onward.step < 32
), known AS (
  SELECT was.id, was.display
  FROM address_history AS was
  WHERE was.county_code = $1 AND was.superseded_at IS NULL
  UNION
  SELECT onward.heir, gone.display
  FROM onward
  JOIN address AS gone ON gone.county_code = $1 AND gone.id = onward.was AND gone.status = 'retired'
)
SELECT known.id, known.display
FROM known
JOIN address AS now ON now.county_code = $1 AND now.id = known.id AND now.status <> 'retired'
  AND now.display <> known.display
WHERE ($2::uuid[] IS NULL OR known.id = ANY ($2))
  AND NOT EXISTS (
    SELECT FROM address AS other
    WHERE other.county_code = $1 AND other.display = known.display AND other.status <> 'retired');
