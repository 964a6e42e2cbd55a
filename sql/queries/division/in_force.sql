SELECT code, valid_from, name, level, parent FROM division WHERE valid_to = 'infinity'
