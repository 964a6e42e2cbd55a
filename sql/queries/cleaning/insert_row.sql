INSERT INTO cleaning_row (job_id, row_number, grade, is_held, sealed_payload)
VALUES ($1, $2, $3, false, $4)
ON CONFLICT (job_id, row_number) DO NOTHING;
