INSERT INTO migration_function (name, digest, applied_at) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, applied_at = excluded.applied_at
