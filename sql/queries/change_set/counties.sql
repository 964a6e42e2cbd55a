-- Which counties have change sets (an all-county query).
SELECT DISTINCT county_code
FROM change_set
ORDER BY county_code;
