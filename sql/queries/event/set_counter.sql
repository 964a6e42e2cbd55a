UPDATE counter
SET value = $2
WHERE county_code = $1 AND name = 'event';
