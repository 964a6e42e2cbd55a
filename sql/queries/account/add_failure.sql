INSERT INTO sign_in_failure (subject, failures, last_at, not_before)
VALUES ($1, 1, $2, $2)
ON CONFLICT (subject) DO UPDATE
SET failures = CASE WHEN sign_in_failure.last_at < $3 THEN 1 ELSE sign_in_failure.failures + 1 END,
    last_at = excluded.last_at
RETURNING failures
