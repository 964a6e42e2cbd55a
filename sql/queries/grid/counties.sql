-- Which counties have grids (an all-county query).
SELECT DISTINCT county_code
FROM grid
ORDER BY county_code;
