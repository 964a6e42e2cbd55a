-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO plate (county_code, id, kind, state, is_temporary, object_kind, object_id, object_code, copy, name,
  number, pinyin, foot, division_code, batch_id, key_id, finding, note, produced_on, installed_on, inspected_on,
  installed_by, inspected_by, photo, point, revoked_on, revoked_reason, successor_id, status, valid_from,
  recorded_at, change_id, source)
SELECT $1, new.id, new.kind, coalesce(new.state, 'planned'), coalesce(new.is_temporary, false), new.object_kind,
  new.object_id, coalesce(new.object_code, ''), coalesce(new.copy, 0), coalesce(new.name, ''),
  coalesce(new.number, ''), coalesce(new.pinyin, ''), coalesce(new.foot, ''), new.division_code, new.batch_id,
  coalesce(new.key_id, 0), coalesce(new.finding, 'none'), coalesce(new.note, ''), new.produced_on, new.installed_on,
  new.inspected_on, coalesce(new.installed_by, ''), coalesce(new.inspected_by, ''), coalesce(new.photo, ''),
  new.point::geometry, new.revoked_on, coalesce(new.revoked_reason, ''), new.successor_id,
  coalesce(new.status, 'proposed'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, kind text, state text, is_temporary boolean,
  object_kind text, object_id uuid, object_code text, copy int, name text, number text, pinyin text, foot text,
  division_code text, batch_id uuid, key_id int, finding text, note text, produced_on date, installed_on date,
  inspected_on date, installed_by text, inspected_by text, photo text, point text, revoked_on date,
  revoked_reason text, successor_id uuid, status text);
