SELECT count(*) FROM cleaning_job WHERE file_digest = $1;
