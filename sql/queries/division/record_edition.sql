INSERT INTO division_edition (edition, digest, divisions, loaded_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (edition) DO UPDATE
SET digest = excluded.digest, divisions = excluded.divisions, loaded_at = excluded.loaded_at
