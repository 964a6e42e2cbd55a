DELETE FROM division WHERE code = ANY ($1) AND valid_from = $2 AND valid_to = 'infinity'
