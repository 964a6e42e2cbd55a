UPDATE cleaning_job
SET state = 'failed', finished_at = $3, error = $4, worker_id = NULL, version = version + 1
WHERE id = $1 AND worker_id = $2 AND state = 'running';
