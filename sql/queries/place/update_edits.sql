-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO place_history (county_code, id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id,
    starts_at, ends_at, course, length_m, width_m, geom, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.generic, was.kind, was.pinyin, was.code, was.division_code,
    was.parent_id, was.joined_id, was.starts_at, was.ends_at, was.course, was.length_m, was.width_m, was.geom,
    was.status, was.version, was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM place AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO place_history (county_code, id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id,
    starts_at, ends_at, course, length_m, width_m, geom, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.generic, was.kind, was.pinyin, was.code, was.division_code,
    was.parent_id, was.joined_id, was.starts_at, was.ends_at, was.course, was.length_m, was.width_m, was.geom,
    was.status, was.version, was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM place AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE place
SET name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE place.name END,
  generic = CASE WHEN edit.fields ? 'generic' THEN edit.fields->>'generic' ELSE place.generic END,
  kind = CASE WHEN edit.fields ? 'kind' THEN edit.fields->>'kind' ELSE place.kind END,
  pinyin = CASE WHEN edit.fields ? 'pinyin' THEN edit.fields->>'pinyin' ELSE place.pinyin END,
  code = CASE WHEN edit.fields ? 'code' THEN edit.fields->>'code' ELSE place.code END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE place.division_code END,
  parent_id = CASE WHEN edit.fields ? 'parent_id' THEN (edit.fields->>'parent_id')::uuid ELSE place.parent_id END,
  joined_id = CASE WHEN edit.fields ? 'joined_id' THEN (edit.fields->>'joined_id')::uuid ELSE place.joined_id END,
  starts_at = CASE WHEN edit.fields ? 'starts_at' THEN edit.fields->>'starts_at' ELSE place.starts_at END,
  ends_at = CASE WHEN edit.fields ? 'ends_at' THEN edit.fields->>'ends_at' ELSE place.ends_at END,
  course = CASE WHEN edit.fields ? 'course' THEN edit.fields->>'course' ELSE place.course END,
  length_m = CASE WHEN edit.fields ? 'length_m' THEN (edit.fields->>'length_m')::real ELSE place.length_m END,
  width_m = CASE WHEN edit.fields ? 'width_m' THEN (edit.fields->>'width_m')::real ELSE place.width_m END,
  geom = CASE WHEN edit.fields ? 'geom' THEN (edit.fields->>'geom')::geometry ELSE place.geom END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE place.status END,
  version = place.version + 1, valid_from = greatest(place.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE place.county_code = $1 AND place.id = edit.id AND place.version = edit.base_version;
