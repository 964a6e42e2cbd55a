-- Objects of divisions ($2, a pattern) as they were on a day ($3) by what was known at a time ($4), a page behind id $5.
SELECT id, version, valid_from, valid_to, recorded_at, change_id, fields
FROM ((
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('kind', kind, 'state', state, 'is_temporary', is_temporary, 'object_kind', object_kind,
      'object_id', object_id, 'object_code', object_code, 'copy', copy, 'name', name, 'number', number,
      'pinyin', pinyin, 'foot', foot, 'division_code', division_code, 'batch_id', batch_id, 'key_id', key_id,
      'finding', finding, 'note', note, 'produced_on', produced_on, 'installed_on', installed_on,
      'inspected_on', inspected_on, 'installed_by', installed_by, 'inspected_by', inspected_by, 'photo', photo,
      'point', ST_AsEWKT(point), 'revoked_on', revoked_on, 'revoked_reason', revoked_reason,
      'successor_id', successor_id, 'status', status) AS fields
  FROM plate
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND id > $5
  ORDER BY id
  LIMIT $6
) UNION ALL (
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('kind', kind, 'state', state, 'is_temporary', is_temporary, 'object_kind', object_kind,
      'object_id', object_id, 'object_code', object_code, 'copy', copy, 'name', name, 'number', number,
      'pinyin', pinyin, 'foot', foot, 'division_code', division_code, 'batch_id', batch_id, 'key_id', key_id,
      'finding', finding, 'note', note, 'produced_on', produced_on, 'installed_on', installed_on,
      'inspected_on', inspected_on, 'installed_by', installed_by, 'inspected_by', inspected_by, 'photo', photo,
      'point', ST_AsEWKT(point), 'revoked_on', revoked_on, 'revoked_reason', revoked_reason,
      'successor_id', successor_id, 'status', status) AS fields
  FROM plate_history
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4) AND id > $5
  ORDER BY id
  LIMIT $6
)) AS both_tables
ORDER BY id
LIMIT $6;
