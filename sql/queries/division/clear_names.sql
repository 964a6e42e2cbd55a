DELETE FROM division_name
