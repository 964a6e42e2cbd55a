UPDATE division SET valid_to = $2 WHERE code = ANY ($1) AND valid_to = 'infinity'
