INSERT INTO data_key (table_name, column_name, epoch, suite, root_id, wrapped_key, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (table_name, column_name, epoch) DO NOTHING
