DELETE FROM cleaning_row WHERE job_id = $1;
