SELECT building.id, building.version, building.code, coalesce(address.display, building.name), building.division_code
FROM building
LEFT JOIN address ON address.county_code = building.county_code AND address.id = building.address_id
WHERE building.county_code = $1 AND building.division_code = ANY ($2) AND building.status <> 'retired'
ORDER BY building.id;
