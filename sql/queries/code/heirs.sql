-- What took the place of objects that are no more.
SELECT from_id, to_id, kind
FROM lineage
WHERE county_code = $1 AND from_id = ANY ($2) AND superseded_at IS NULL;
