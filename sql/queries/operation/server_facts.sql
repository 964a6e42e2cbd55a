SELECT current_setting('server_version_num')::int,
       EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')
