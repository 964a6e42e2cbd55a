SELECT county_code, kind
FROM locator
WHERE id = $1;
