-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('parent_id', parent_id, 'level', level, 'name', name, 'display', display, 'sort_main', sort_main,
    'sort_sub', sort_sub, 'code', code, 'division_code', division_code, 'place_id', place_id,
    'building_id', building_id, 'is_present', is_present, 'is_used', is_used, 'is_temporary', is_temporary,
    'used_from', used_from, 'used_to', used_to, 'point', ST_AsEWKT(point), 'status', status)
FROM address
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('parent_id', parent_id, 'level', level, 'name', name, 'display', display, 'sort_main', sort_main,
    'sort_sub', sort_sub, 'code', code, 'division_code', division_code, 'place_id', place_id,
    'building_id', building_id, 'is_present', is_present, 'is_used', is_used, 'is_temporary', is_temporary,
    'used_from', used_from, 'used_to', used_to, 'point', ST_AsEWKT(point), 'status', status)
FROM address_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
