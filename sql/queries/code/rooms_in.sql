SELECT room.id, room.version, room.code
FROM room
JOIN address ON address.county_code = $1 AND address.id = room.id
WHERE room.county_code = $1 AND address.division_code = ANY ($2) AND room.status <> 'retired'
ORDER BY room.id;
