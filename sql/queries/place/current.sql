-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('name', name, 'generic', generic, 'kind', kind, 'pinyin', pinyin, 'code', code,
    'division_code', division_code, 'parent_id', parent_id, 'joined_id', joined_id, 'starts_at', starts_at,
    'ends_at', ends_at, 'course', course, 'length_m', length_m, 'width_m', width_m, 'geom', ST_AsEWKT(geom),
    'status', status)
FROM place
WHERE county_code = $1 AND id = ANY ($2);
