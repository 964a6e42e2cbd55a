INSERT INTO cleaning_chunk (job_id, first_row, row_count, sealed_payload)
VALUES ($1, $2, $3, $4);
