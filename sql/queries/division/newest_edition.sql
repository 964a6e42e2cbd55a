SELECT edition, divisions FROM division_edition ORDER BY loaded_at DESC LIMIT 1
