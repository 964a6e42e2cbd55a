SELECT key_id, scheme, public_key, created_at, created_by, retired_at, revoked_at, revoked_reason
FROM plate_key
ORDER BY key_id;
