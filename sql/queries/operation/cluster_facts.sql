SELECT current_setting('server_version'), current_setting('server_version_num')::int,
       (SELECT extversion FROM pg_extension WHERE extname = 'postgis'),
       current_setting('data_checksums'), current_setting('synchronous_commit'), pg_database_size(current_database()),
       current_setting('server_encoding'), clock_timestamp()
