-- Nodes below others: $2 parents, $3 levels, $4 names; the first column says which.
SELECT wanted.n, address.id, address.version, address.code, address.division_code, ST_X(address.point),
  ST_Y(address.point), address.place_id, address.building_id
FROM unnest($2::uuid[], $3::text[], $4::text[]) WITH ORDINALITY AS wanted (parent_id, level, name, n)
JOIN address ON address.county_code = $1 AND address.parent_id = wanted.parent_id AND address.status <> 'retired'
  AND address.level = wanted.level AND address.name = wanted.name;
