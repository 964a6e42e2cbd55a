INSERT INTO sealed_file (digest, kind, plain_bytes, sealed_bytes, created_at, delete_after)
VALUES ($1, $2, $3, $4, $5, $6)
