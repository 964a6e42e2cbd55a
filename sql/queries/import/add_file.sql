INSERT INTO import_file (file_digest, kind, id, name, source, options, started_by, started_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (file_digest, kind) DO NOTHING;
