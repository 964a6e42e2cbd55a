UPDATE import_file
SET options = $3, next_row = 0, counts = '{}', finished_at = NULL
WHERE file_digest = $1 AND kind = $2;
