UPDATE cleaning_job
SET rows_done = rows_done + $3, bytes_done = $4, count_a = count_a + $5, count_b = count_b + $6, count_c = count_c + $7,
  count_none = count_none + $8, held = held + $9, rows_per_second = $10, worker_seen_at = $11
WHERE id = $1 AND worker_id = $2 AND state = 'running';
