-- A room for every address of level room that has one of the buildings $2 and is not a room yet.
INSERT INTO room (county_code, id, building_id, code, floor, recorded_at, change_id, source)
SELECT address.county_code, address.id, address.building_id, address.code,
  CASE WHEN address.sort_main BETWEEN 101 AND 99999 THEN (address.sort_main / 100)::int END, $3::timestamptz,
  given.change_id, $5
FROM unnest($2::uuid[], $4::uuid[]) AS given (building_id, change_id)
JOIN address ON address.county_code = $1 AND address.building_id = given.building_id AND address.level = 'room'
  AND address.status <> 'retired'
WHERE NOT EXISTS (SELECT FROM room WHERE room.county_code = $1 AND room.id = address.id);
