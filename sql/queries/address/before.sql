-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('parent_id', was.parent_id, 'level', was.level, 'name', was.name, 'display', was.display,
    'sort_main', was.sort_main, 'sort_sub', was.sort_sub, 'code', was.code, 'division_code', was.division_code,
    'place_id', was.place_id, 'building_id', was.building_id, 'is_present', was.is_present, 'is_used', was.is_used,
    'is_temporary', was.is_temporary, 'used_from', was.used_from, 'used_to', was.used_to,
    'point', ST_AsEWKT(was.point), 'status', was.status) END
FROM change
JOIN address AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN address_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'address';
