DELETE FROM cleaning_chunk WHERE job_id = $1;
