-- What was retired by the same change set as an address ($2), the address among it.
SELECT address.id, address.id, address.parent_id, address.place_id, address.building_id, address.level, address.name,
  address.display, address.code, address.division_code, address.status, address.version, coalesce(room.version, 0)
FROM address AS asked
JOIN change AS why ON why.county_code = asked.county_code AND why.id = asked.change_id
JOIN change ON change.county_code = why.county_code AND (change.set_id = why.set_id OR change.id = why.id)
JOIN address ON address.county_code = change.county_code AND address.change_id = change.id
LEFT JOIN room ON room.county_code = address.county_code AND room.id = address.id
WHERE asked.county_code = $1 AND asked.id = $2 AND address.status = 'retired'
  AND address.display LIKE asked.display || '%'
ORDER BY address.level = 'room', length(address.display), address.id;
