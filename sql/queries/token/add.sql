INSERT INTO service_token (id, name, token_digest, created_by, created_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6);
