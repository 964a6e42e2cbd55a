-- Nodes without a parent: $2 divisions, $3 levels, $4 names; the first column says which.
SELECT wanted.n, address.id, address.version, address.code, address.division_code, ST_X(address.point),
  ST_Y(address.point), address.place_id, address.building_id
FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS wanted (division_code, level, name, n)
JOIN address ON address.county_code = $1 AND address.parent_id IS NULL AND address.status <> 'retired'
  AND address.division_code = wanted.division_code AND address.level = wanted.level AND address.name = wanted.name;
