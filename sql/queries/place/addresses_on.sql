-- How many live addresses and door numbers hang on a place.
SELECT count(*), count(*) FILTER (WHERE level = 'number')
FROM address
WHERE county_code = $1 AND place_id = $2 AND status <> 'retired';
