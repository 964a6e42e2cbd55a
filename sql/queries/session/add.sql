INSERT INTO session (token_digest, id, account_id, origin, created_at, last_seen_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $5, $6)
