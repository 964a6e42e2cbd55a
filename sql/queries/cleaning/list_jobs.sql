SELECT id, file_name, file_digest, file_bytes, created_by, created_at, state, columns, column_name, region, bytes_done,
  rows_done, count_a, count_b, count_c, count_none, held, decided, rows_per_second, error
FROM cleaning_job
ORDER BY created_at DESC, id DESC
LIMIT $1;
