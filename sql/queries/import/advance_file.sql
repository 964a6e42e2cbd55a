-- Nothing is updated if another process has gone on with the same file.
UPDATE import_file
SET next_row = $4, counts = $5
WHERE file_digest = $1 AND kind = $2 AND next_row = $3 AND finished_at IS NULL;
