UPDATE cleaning_job
SET state = 'running', worker_id = $3, worker_seen_at = $4, started_at = coalesce(started_at, $4), version = version + 1
WHERE id = $1 AND version = $2 AND state IN ('queued', 'running');
