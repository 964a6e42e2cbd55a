-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, '',
  jsonb_build_object('building_id', building_id, 'code', code, 'floor', floor, 'use', use, 'area_m2', area_m2,
    'status', status)
FROM room
WHERE county_code = $1 AND id = ANY ($2);
