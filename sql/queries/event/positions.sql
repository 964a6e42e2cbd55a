-- How far each county's events go (an all-county query).
SELECT county_code, value
FROM counter
WHERE name = 'event' AND value > 0
ORDER BY county_code;
