-- Places ($2) as their signs would show them, and how many signs there are already.
SELECT place.id, 'place', place.status, place.name, place.code, place.division_code, '', place.name, place.pinyin, false,
  (SELECT count(*) FROM plate WHERE plate.county_code = $1 AND plate.object_id = place.id
    AND plate.state IN ('planned', 'listed', 'produced', 'installed', 'inspected')),
  (SELECT coalesce(max(plate.copy), 0) FROM plate WHERE plate.county_code = $1 AND plate.object_code = place.code
    AND place.code <> '')
FROM place
WHERE place.county_code = $1 AND place.id = ANY ($2)
ORDER BY place.id;
