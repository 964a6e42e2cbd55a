-- The door numbers that a place has and had: none of them is given again.
SELECT name, ST_X(point), ST_Y(point), status = 'retired'
FROM address
WHERE county_code = $1 AND place_id = $2 AND level = 'number';
