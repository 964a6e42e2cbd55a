-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO plate_history (county_code, id, kind, state, is_temporary, object_kind, object_id, object_code, copy,
    name, number, pinyin, foot, division_code, batch_id, key_id, finding, note, produced_on, installed_on,
    inspected_on, installed_by, inspected_by, photo, point, revoked_on, revoked_reason, successor_id, status,
    version, valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.kind, was.state, was.is_temporary, was.object_kind, was.object_id,
    was.object_code, was.copy, was.name, was.number, was.pinyin, was.foot, was.division_code, was.batch_id,
    was.key_id, was.finding, was.note, was.produced_on, was.installed_on, was.inspected_on, was.installed_by,
    was.inspected_by, was.photo, was.point, was.revoked_on, was.revoked_reason, was.successor_id, was.status,
    was.version, was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM plate AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO plate_history (county_code, id, kind, state, is_temporary, object_kind, object_id, object_code, copy,
    name, number, pinyin, foot, division_code, batch_id, key_id, finding, note, produced_on, installed_on,
    inspected_on, installed_by, inspected_by, photo, point, revoked_on, revoked_reason, successor_id, status,
    version, valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.kind, was.state, was.is_temporary, was.object_kind, was.object_id,
    was.object_code, was.copy, was.name, was.number, was.pinyin, was.foot, was.division_code, was.batch_id,
    was.key_id, was.finding, was.note, was.produced_on, was.installed_on, was.inspected_on, was.installed_by,
    was.inspected_by, was.photo, was.point, was.revoked_on, was.revoked_reason, was.successor_id, was.status,
    was.version, was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM plate AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE plate
SET kind = CASE WHEN edit.fields ? 'kind' THEN edit.fields->>'kind' ELSE plate.kind END,
  state = CASE WHEN edit.fields ? 'state' THEN edit.fields->>'state' ELSE plate.state END,
  is_temporary = CASE WHEN edit.fields ? 'is_temporary' THEN (edit.fields->>'is_temporary')::boolean ELSE plate.is_temporary END,
  object_kind = CASE WHEN edit.fields ? 'object_kind' THEN edit.fields->>'object_kind' ELSE plate.object_kind END,
  object_id = CASE WHEN edit.fields ? 'object_id' THEN (edit.fields->>'object_id')::uuid ELSE plate.object_id END,
  object_code = CASE WHEN edit.fields ? 'object_code' THEN edit.fields->>'object_code' ELSE plate.object_code END,
  copy = CASE WHEN edit.fields ? 'copy' THEN (edit.fields->>'copy')::int ELSE plate.copy END,
  name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE plate.name END,
  number = CASE WHEN edit.fields ? 'number' THEN edit.fields->>'number' ELSE plate.number END,
  pinyin = CASE WHEN edit.fields ? 'pinyin' THEN edit.fields->>'pinyin' ELSE plate.pinyin END,
  foot = CASE WHEN edit.fields ? 'foot' THEN edit.fields->>'foot' ELSE plate.foot END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE plate.division_code END,
  batch_id = CASE WHEN edit.fields ? 'batch_id' THEN (edit.fields->>'batch_id')::uuid ELSE plate.batch_id END,
  key_id = CASE WHEN edit.fields ? 'key_id' THEN (edit.fields->>'key_id')::int ELSE plate.key_id END,
  finding = CASE WHEN edit.fields ? 'finding' THEN edit.fields->>'finding' ELSE plate.finding END,
  note = CASE WHEN edit.fields ? 'note' THEN edit.fields->>'note' ELSE plate.note END,
  produced_on = CASE WHEN edit.fields ? 'produced_on' THEN (edit.fields->>'produced_on')::date ELSE plate.produced_on END,
  installed_on = CASE WHEN edit.fields ? 'installed_on' THEN (edit.fields->>'installed_on')::date ELSE plate.installed_on END,
  inspected_on = CASE WHEN edit.fields ? 'inspected_on' THEN (edit.fields->>'inspected_on')::date ELSE plate.inspected_on END,
  installed_by = CASE WHEN edit.fields ? 'installed_by' THEN edit.fields->>'installed_by' ELSE plate.installed_by END,
  inspected_by = CASE WHEN edit.fields ? 'inspected_by' THEN edit.fields->>'inspected_by' ELSE plate.inspected_by END,
  photo = CASE WHEN edit.fields ? 'photo' THEN edit.fields->>'photo' ELSE plate.photo END,
  point = CASE WHEN edit.fields ? 'point' THEN (edit.fields->>'point')::geometry ELSE plate.point END,
  revoked_on = CASE WHEN edit.fields ? 'revoked_on' THEN (edit.fields->>'revoked_on')::date ELSE plate.revoked_on END,
  revoked_reason = CASE WHEN edit.fields ? 'revoked_reason' THEN edit.fields->>'revoked_reason' ELSE plate.revoked_reason END,
  successor_id = CASE WHEN edit.fields ? 'successor_id' THEN (edit.fields->>'successor_id')::uuid ELSE plate.successor_id END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE plate.status END,
  version = plate.version + 1, valid_from = greatest(plate.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE plate.county_code = $1 AND plate.id = edit.id AND plate.version = edit.base_version;
