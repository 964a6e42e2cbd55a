-- Names of divisions by their codes, those in force last; a code that only the list of successions knows is a former one.
SELECT code, name, valid_to <> 'infinity' AS is_former
FROM division
WHERE code = ANY ($1)
UNION ALL
SELECT old_code, old_name, true
FROM division_succession
WHERE old_code = ANY ($1)
ORDER BY is_former DESC;
