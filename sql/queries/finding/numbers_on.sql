-- The live door numbers of places ($2).
SELECT place_id, id, name, ST_X(point), ST_Y(point)
FROM address
WHERE county_code = ANY ($1) AND place_id = ANY ($2) AND level = 'number' AND status <> 'retired'
ORDER BY place_id, sort_main, sort_sub, id;
