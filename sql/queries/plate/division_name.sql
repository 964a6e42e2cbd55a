-- The newest name of a division.
SELECT name
FROM division
WHERE code = $1
ORDER BY valid_from DESC
LIMIT 1;
