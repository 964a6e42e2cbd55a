-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('kind', kind, 'state', state, 'is_temporary', is_temporary, 'object_kind', object_kind,
    'object_id', object_id, 'object_code', object_code, 'copy', copy, 'name', name, 'number', number,
    'pinyin', pinyin, 'foot', foot, 'division_code', division_code, 'batch_id', batch_id, 'key_id', key_id,
    'finding', finding, 'note', note, 'produced_on', produced_on, 'installed_on', installed_on,
    'inspected_on', inspected_on, 'installed_by', installed_by, 'inspected_by', inspected_by, 'photo', photo,
    'point', ST_AsEWKT(point), 'revoked_on', revoked_on, 'revoked_reason', revoked_reason,
    'successor_id', successor_id, 'status', status)
FROM plate
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('kind', kind, 'state', state, 'is_temporary', is_temporary, 'object_kind', object_kind,
    'object_id', object_id, 'object_code', object_code, 'copy', copy, 'name', name, 'number', number,
    'pinyin', pinyin, 'foot', foot, 'division_code', division_code, 'batch_id', batch_id, 'key_id', key_id,
    'finding', finding, 'note', note, 'produced_on', produced_on, 'installed_on', installed_on,
    'inspected_on', inspected_on, 'installed_by', installed_by, 'inspected_by', inspected_by, 'photo', photo,
    'point', ST_AsEWKT(point), 'revoked_on', revoked_on, 'revoked_reason', revoked_reason,
    'successor_id', successor_id, 'status', status)
FROM plate_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
