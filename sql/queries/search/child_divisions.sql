SELECT code, level, name, parent
FROM division
WHERE parent = $1 AND valid_to = 'infinity'
ORDER BY code;
