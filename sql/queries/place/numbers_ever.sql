-- The door numbers that a place has and had, a sub-number (附1号) behind its number: none of them is given again.
SELECT CASE WHEN above.level = 'number' THEN above.name || address.name ELSE address.name END, ST_X(address.point),
  ST_Y(address.point), address.status = 'retired'
FROM address
LEFT JOIN address AS above ON above.county_code = $1 AND above.id = address.parent_id
WHERE address.county_code = $1 AND address.place_id = $2 AND address.level = 'number';
