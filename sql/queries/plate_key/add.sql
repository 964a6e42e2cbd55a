-- Nothing if somebody else took the number meanwhile.
INSERT INTO plate_key (key_id, scheme, public_key, sealed_private, created_at, created_by)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING;
