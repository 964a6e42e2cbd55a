SELECT id, finished_at IS NOT NULL, next_row, counts::text, options::text
FROM import_file
WHERE file_digest = $1 AND kind = $2;
