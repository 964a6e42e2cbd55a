SELECT coalesce(max(key_id), 0) + 1
FROM plate_key;
