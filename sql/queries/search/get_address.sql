SELECT id, display, code, level, status, division_code, ST_X(point), ST_Y(point), recorded_at, version
FROM address
WHERE county_code = $1 AND id = $2;
