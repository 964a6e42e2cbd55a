DELETE FROM division_name WHERE source = 'edition'
