-- What the objects of a change set ($2) were before it; no JSON where it made them. Rooms by plan share the change of their
-- address.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('building_id', was.building_id, 'code', was.code, 'floor', was.floor, 'use', was.use,
    'area_m2', was.area_m2, 'status', was.status) END
FROM change
JOIN address AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN room_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND (change.object_kind = 'room'
  OR change.rule = 'address.rooms_by_plan' AND EXISTS (
    SELECT FROM room WHERE room.county_code = change.county_code AND room.id = change.object_id));
