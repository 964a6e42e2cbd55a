INSERT INTO change_evidence (county_code, id, set_id, file_digest, name, media_type, bytes, added_by, added_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
