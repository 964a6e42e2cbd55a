SELECT building.id, coalesce(address.display, building.name), building.code, building.status, building.version,
  building.division_code
FROM building
LEFT JOIN address ON address.county_code = building.county_code AND address.id = building.address_id
WHERE building.county_code = $1 AND building.id = ANY ($2);
