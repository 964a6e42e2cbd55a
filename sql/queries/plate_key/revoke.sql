UPDATE plate_key
SET revoked_at = $2, revoked_reason = $3, retired_at = coalesce(retired_at, $2)
WHERE key_id = $1 AND revoked_at IS NULL;
