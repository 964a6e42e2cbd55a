SELECT code, object_id
FROM issued_code
WHERE code = ANY ($1);
