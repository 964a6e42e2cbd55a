SELECT 1
FROM service_token
WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2;
