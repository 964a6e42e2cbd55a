-- In which county an alias is kept (an all-county query: aliases are few).
SELECT county_code
FROM alias
WHERE id = $1;
