-- Names that an undone set gave; change_id of a name is its set.
UPDATE place_name
SET superseded_at = $3
WHERE county_code = $1 AND change_id = $2 AND superseded_at IS NULL;
