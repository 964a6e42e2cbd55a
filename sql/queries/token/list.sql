SELECT id, name, created_by, created_at, expires_at, revoked_by, revoked_at, last_used_at
FROM service_token
ORDER BY created_at DESC, name
LIMIT 1000;
