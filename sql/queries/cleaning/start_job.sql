UPDATE cleaning_job
SET state = 'queued', column_name = $2, region = $3, version = version + 1
WHERE id = $1 AND state = 'uploaded';
