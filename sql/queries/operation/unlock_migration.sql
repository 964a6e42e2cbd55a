SELECT pg_advisory_unlock(745201)
