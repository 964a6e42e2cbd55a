INSERT INTO cleaning_job (id, file_name, file_digest, file_bytes, created_by, account_id, created_at, state, columns)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'uploaded', $8);
