SELECT id, name, role, is_locked, must_change_password, created_at, password_hash,
       COALESCE(password_expires_at < $2, false) AS is_password_expired
FROM account
WHERE name = $1
