SELECT row_number, choice, candidate, decided_by, decided_at, version, sealed_payload, is_held
FROM cleaning_row
WHERE job_id = $1 AND row_number = $2;
