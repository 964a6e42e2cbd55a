COPY division (code, valid_from, valid_to, name, level, parent, edition) FROM STDIN (FORMAT binary)
