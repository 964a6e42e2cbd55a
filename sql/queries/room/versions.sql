-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('building_id', building_id, 'code', code, 'floor', floor, 'use', use, 'area_m2', area_m2,
    'status', status)
FROM room
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('building_id', building_id, 'code', code, 'floor', floor, 'use', use, 'area_m2', area_m2,
    'status', status)
FROM room_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
