SELECT key_id, scheme, sealed_private
FROM plate_key
WHERE key_id = $1;
