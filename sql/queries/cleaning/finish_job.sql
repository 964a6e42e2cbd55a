UPDATE cleaning_job
SET state = 'finished', finished_at = $3, bytes_done = file_bytes, worker_id = NULL, version = version + 1
WHERE id = $1 AND worker_id = $2 AND state = 'running';
