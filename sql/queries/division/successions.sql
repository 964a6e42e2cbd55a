SELECT old_code, new_code, changed_on, old_name FROM division_succession ORDER BY old_code, new_code, changed_on, old_name
