SELECT count(*) FROM account WHERE role = 'administrator' AND NOT is_locked
