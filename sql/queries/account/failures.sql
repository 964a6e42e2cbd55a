SELECT subject, failures, last_at, not_before FROM sign_in_failure WHERE subject = ANY ($1)
