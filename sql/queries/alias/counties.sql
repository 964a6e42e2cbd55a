-- Which counties have aliases (an all-county query).
SELECT DISTINCT county_code
FROM alias
ORDER BY county_code;
