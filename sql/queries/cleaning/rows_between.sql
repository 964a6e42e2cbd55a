SELECT row_number, choice, candidate, decided_by, decided_at, version
FROM cleaning_row
WHERE job_id = $1 AND row_number BETWEEN $2 AND $3
ORDER BY row_number;
