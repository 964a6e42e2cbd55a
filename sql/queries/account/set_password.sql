UPDATE account
SET password_hash = $2, must_change_password = $3, password_expires_at = $4, changed_at = $5, version = version + 1
WHERE id = $1
