UPDATE import_file
SET finished_at = $3
WHERE file_digest = $1 AND kind = $2 AND finished_at IS NULL;
