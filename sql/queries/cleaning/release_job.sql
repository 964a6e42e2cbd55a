UPDATE cleaning_job
SET state = 'queued', worker_id = NULL, worker_seen_at = NULL, version = version + 1
WHERE id = $1 AND worker_id = $2 AND state = 'running';
