-- The live door numbers of places ($2), a sub-number (附1号) behind its number.
SELECT address.place_id, address.id,
  CASE WHEN above.level = 'number' THEN above.name || address.name ELSE address.name END, ST_X(address.point),
  ST_Y(address.point)
FROM address
LEFT JOIN address AS above ON above.county_code = address.county_code AND above.county_code = ANY ($1)
  AND above.id = address.parent_id AND above.level = 'number'
WHERE address.county_code = ANY ($1) AND address.place_id = ANY ($2) AND address.level = 'number'
  AND address.status <> 'retired'
ORDER BY address.place_id, address.sort_main, address.sort_sub, address.id;
