-- A place's name, state and line, with the text of the node that stands for it in the address tree.
SELECT place.name, place.status, place.division_code,
  CASE WHEN place.kind IN ('road', 'lane') THEN ST_AsEWKB(place.geom) END, root.display
FROM place
LEFT JOIN LATERAL (
  SELECT address.display
  FROM address
  WHERE address.county_code = $1 AND address.place_id = place.id AND address.level = 'place'
    AND address.status <> 'retired'
  ORDER BY address.id
  LIMIT 1
) AS root ON true
WHERE place.county_code = $1 AND place.id = $2;
