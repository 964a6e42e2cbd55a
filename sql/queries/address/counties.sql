-- Which counties have addresses (an all-county query).
SELECT DISTINCT county_code
FROM address
ORDER BY county_code;
