UPDATE account SET is_locked = $2, changed_at = $3, version = version + 1 WHERE name = $1 RETURNING id
