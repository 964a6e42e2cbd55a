-- What was retired by the same change set as an address ($2 the set): what comes back with it.
SELECT address.id, address.parent_id, address.place_id, address.building_id, address.level, address.name, address.display,
  address.code, address.division_code, address.status, address.version, address.change_id
FROM change
JOIN address ON address.county_code = change.county_code AND address.id = change.object_id
  AND address.change_id = change.id
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'address' AND address.status = 'retired';
