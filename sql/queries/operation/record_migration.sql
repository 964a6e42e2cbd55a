INSERT INTO migration (number, title, digest, applied_at) VALUES ($1, $2, $3, $4)
