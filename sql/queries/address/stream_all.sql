-- The register for a library: every county's addresses that are in use (an all-county query).
SELECT id, display, code, division_code, ST_X(point), ST_Y(point)
FROM address
WHERE county_code = ANY ($1) AND status = 'in_use'
ORDER BY county_code, id;
