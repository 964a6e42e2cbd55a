INSERT INTO account (id, name, role, password_hash, must_change_password, password_expires_at, created_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
