-- The successions of changes that are taken back hold no more.
UPDATE code_succession
SET superseded_at = $2::timestamptz
WHERE change_id = ANY ($1) AND superseded_at IS NULL
RETURNING old_code, new_code;
