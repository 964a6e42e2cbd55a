-- Rows that still wait for a person, the newest lists first.
SELECT cleaning_row.job_id, cleaning_row.row_number, cleaning_row.sealed_payload
FROM cleaning_job
JOIN cleaning_row ON cleaning_row.job_id = cleaning_job.id
WHERE cleaning_job.state IN ('running', 'finished') AND cleaning_row.is_held AND cleaning_row.choice = 'open'
ORDER BY cleaning_job.created_at DESC, cleaning_row.job_id, cleaning_row.row_number
LIMIT $1;
