-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO room_history (county_code, id, building_id, code, floor, use, area_m2, status, version, valid_from,
    valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.building_id, was.code, was.floor, was.use, was.area_m2, was.status, was.version,
    was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM room AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO room_history (county_code, id, building_id, code, floor, use, area_m2, status, version, valid_from,
    valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.building_id, was.code, was.floor, was.use, was.area_m2, was.status, was.version,
    was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM room AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE room
SET building_id = CASE WHEN edit.fields ? 'building_id' THEN (edit.fields->>'building_id')::uuid ELSE room.building_id END,
  code = CASE WHEN edit.fields ? 'code' THEN edit.fields->>'code' ELSE room.code END,
  floor = CASE WHEN edit.fields ? 'floor' THEN (edit.fields->>'floor')::int ELSE room.floor END,
  use = CASE WHEN edit.fields ? 'use' THEN edit.fields->>'use' ELSE room.use END,
  area_m2 = CASE WHEN edit.fields ? 'area_m2' THEN (edit.fields->>'area_m2')::real ELSE room.area_m2 END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE room.status END,
  version = room.version + 1, valid_from = greatest(room.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE room.county_code = $1 AND room.id = edit.id AND room.version = edit.base_version;
