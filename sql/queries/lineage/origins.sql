SELECT from_id, kind, set_id, at
FROM lineage
WHERE county_code = $1 AND to_id = $2 AND superseded_at IS NULL
ORDER BY at, from_id;
