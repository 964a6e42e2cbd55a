DELETE FROM division_succession WHERE source = 'edition'
