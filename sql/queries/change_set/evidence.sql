SELECT id, file_digest, name, media_type, bytes, added_by, added_at
FROM change_evidence
WHERE county_code = $1 AND set_id = $2
ORDER BY id;
