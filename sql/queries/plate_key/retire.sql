UPDATE plate_key
SET retired_at = $2
WHERE key_id = $1 AND retired_at IS NULL;
