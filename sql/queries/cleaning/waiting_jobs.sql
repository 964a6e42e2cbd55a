SELECT id, version
FROM cleaning_job
WHERE state = 'queued' OR (state = 'running' AND (worker_seen_at IS NULL OR worker_seen_at < $1))
ORDER BY created_at, id
LIMIT 8;
