-- What everybody may know of an address.
SELECT display, code, level, status, division_code, ST_X(point), ST_Y(point), is_temporary
FROM address
WHERE county_code = $1 AND id = $2;
