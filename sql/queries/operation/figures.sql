SELECT (SELECT count(*) FROM session WHERE expires_at > $1),
       (SELECT count(*) FROM cleaning_job WHERE state IN ('queued', 'running')),
       pg_database_size(current_database())
