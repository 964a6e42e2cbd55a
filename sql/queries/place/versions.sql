-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('name', name, 'generic', generic, 'kind', kind, 'pinyin', pinyin, 'code', code,
    'division_code', division_code, 'parent_id', parent_id, 'joined_id', joined_id, 'starts_at', starts_at,
    'ends_at', ends_at, 'course', course, 'length_m', length_m, 'width_m', width_m, 'geom', ST_AsEWKT(geom),
    'status', status)
FROM place
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('name', name, 'generic', generic, 'kind', kind, 'pinyin', pinyin, 'code', code,
    'division_code', division_code, 'parent_id', parent_id, 'joined_id', joined_id, 'starts_at', starts_at,
    'ends_at', ends_at, 'course', course, 'length_m', length_m, 'width_m', width_m, 'geom', ST_AsEWKT(geom),
    'status', status)
FROM place_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
