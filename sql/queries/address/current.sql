-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('parent_id', parent_id, 'level', level, 'name', name, 'display', display, 'sort_main', sort_main,
    'sort_sub', sort_sub, 'code', code, 'division_code', division_code, 'place_id', place_id,
    'building_id', building_id, 'is_present', is_present, 'is_used', is_used, 'is_temporary', is_temporary,
    'used_from', used_from, 'used_to', used_to, 'point', ST_AsEWKT(point), 'status', status)
FROM address
WHERE county_code = $1 AND id = ANY ($2);
