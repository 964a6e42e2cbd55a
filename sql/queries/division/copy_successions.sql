COPY division_succession (old_code, old_name, new_code, changed_on) FROM STDIN (FORMAT binary)
