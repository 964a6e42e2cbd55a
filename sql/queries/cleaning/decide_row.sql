UPDATE cleaning_row
SET choice = $3, candidate = $4, decided_by = $5, decided_at = $6, version = version + 1
WHERE job_id = $1 AND row_number = $2 AND version = $7;
