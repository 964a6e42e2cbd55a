COPY division_name (code, name, kind, valid_to) FROM STDIN (FORMAT binary)
