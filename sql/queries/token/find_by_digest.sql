SELECT id, name, last_used_at
FROM service_token
WHERE token_digest = $1 AND revoked_at IS NULL AND expires_at > $2;
