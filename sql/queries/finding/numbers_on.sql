-- The live door numbers of places ($2), a sub-number (附1号) behind its number.
SELECT place_id, id,
  CASE WHEN name LIKE '附%' THEN coalesce((
    SELECT above.name
    FROM address AS above
    WHERE above.county_code = address.county_code AND above.id = address.parent_id AND above.level = 'number'), '')
  ELSE '' END || name,
  ST_X(point), ST_Y(point)
FROM address
WHERE county_code = ANY ($1) AND place_id = ANY ($2) AND level = 'number' AND status <> 'retired'
ORDER BY place_id, sort_main, sort_sub, id;
