-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('name', was.name, 'generic', was.generic, 'kind', was.kind, 'pinyin', was.pinyin,
    'code', was.code, 'division_code', was.division_code, 'parent_id', was.parent_id, 'joined_id', was.joined_id,
    'starts_at', was.starts_at, 'ends_at', was.ends_at, 'course', was.course, 'length_m', was.length_m,
    'width_m', was.width_m, 'geom', ST_AsEWKT(was.geom), 'status', was.status) END
FROM change
JOIN place AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN place_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'place';
