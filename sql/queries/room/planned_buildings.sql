-- Buildings by their own id or by their main address's ($2), with that address.
SELECT building.id, building.version, building.code, building.status, address.id, address.version, address.display,
  address.code, address.division_code, address.place_id, address.level, address.status
FROM building
JOIN address ON address.county_code = building.county_code AND address.id = building.address_id
WHERE building.county_code = $1 AND (building.id = ANY ($2) OR building.address_id = ANY ($2))
ORDER BY address.display, building.id;
