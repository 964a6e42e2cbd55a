SELECT row_digest, outcome, reason
FROM import_row
WHERE file_digest = $1 AND kind = $2 AND row_digest = ANY ($3);
