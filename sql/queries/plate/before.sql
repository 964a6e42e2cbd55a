-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('kind', was.kind, 'state', was.state, 'is_temporary', was.is_temporary,
    'object_kind', was.object_kind, 'object_id', was.object_id, 'object_code', was.object_code, 'copy', was.copy,
    'name', was.name, 'number', was.number, 'pinyin', was.pinyin, 'foot', was.foot,
    'division_code', was.division_code, 'batch_id', was.batch_id, 'key_id', was.key_id, 'finding', was.finding,
    'note', was.note, 'produced_on', was.produced_on, 'installed_on', was.installed_on,
    'inspected_on', was.inspected_on, 'installed_by', was.installed_by, 'inspected_by', was.inspected_by,
    'photo', was.photo, 'point', ST_AsEWKT(was.point), 'revoked_on', was.revoked_on,
    'revoked_reason', was.revoked_reason, 'successor_id', was.successor_id, 'status', was.status) END
FROM change
JOIN plate AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN plate_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'plate';
