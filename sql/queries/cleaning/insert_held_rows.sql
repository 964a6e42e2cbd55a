INSERT INTO cleaning_row (job_id, row_number, grade, is_held, sealed_payload)
SELECT $1, row_number, grade, true, sealed_payload
FROM unnest($2::bigint[], $3::text[], $4::bytea[]) AS given (row_number, grade, sealed_payload);
