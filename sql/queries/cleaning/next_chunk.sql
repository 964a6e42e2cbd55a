SELECT first_row, row_count, sealed_payload
FROM cleaning_chunk
WHERE job_id = $1 AND first_row >= $2
ORDER BY first_row
LIMIT 1;
