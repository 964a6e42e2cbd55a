SELECT DISTINCT root_id FROM data_key ORDER BY root_id
