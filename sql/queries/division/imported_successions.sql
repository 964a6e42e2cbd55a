SELECT old_code, old_name, new_code, changed_on
FROM division_succession
WHERE source <> 'edition'
ORDER BY old_code, new_code, changed_on, old_name
