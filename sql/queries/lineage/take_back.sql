-- What a set that is undone said of descent holds no longer.
UPDATE lineage
SET superseded_at = $3
WHERE county_code = $1 AND set_id = $2 AND superseded_at IS NULL;
