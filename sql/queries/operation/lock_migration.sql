SELECT pg_advisory_lock(745201)
