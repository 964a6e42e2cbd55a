DELETE FROM cleaning_job WHERE id = $1;
