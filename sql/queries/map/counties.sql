-- The counties that this register holds anything of: every one of them has an event counter.
SELECT county_code
FROM counter
WHERE name = 'event'
ORDER BY county_code;
