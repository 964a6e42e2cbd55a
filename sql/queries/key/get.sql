SELECT epoch, suite, root_id, wrapped_key
FROM data_key
WHERE table_name = $1 AND column_name = $2 AND epoch = $3
