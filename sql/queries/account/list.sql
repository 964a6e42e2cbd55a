SELECT id, name, role, is_locked, must_change_password, created_at FROM account ORDER BY name
