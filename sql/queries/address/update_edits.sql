-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO address_history (county_code, id, parent_id, level, name, display, sort_main, sort_sub, code,
    division_code, place_id, building_id, is_present, is_used, is_temporary, used_from, used_to, point, status,
    version, valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.parent_id, was.level, was.name, was.display, was.sort_main, was.sort_sub,
    was.code, was.division_code, was.place_id, was.building_id, was.is_present, was.is_used, was.is_temporary,
    was.used_from, was.used_to, was.point, was.status, was.version, was.valid_from, was.valid_to, was.recorded_at,
    $3::timestamptz, was.change_id, was.source
  FROM address AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO address_history (county_code, id, parent_id, level, name, display, sort_main, sort_sub, code,
    division_code, place_id, building_id, is_present, is_used, is_temporary, used_from, used_to, point, status,
    version, valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.parent_id, was.level, was.name, was.display, was.sort_main, was.sort_sub,
    was.code, was.division_code, was.place_id, was.building_id, was.is_present, was.is_used, was.is_temporary,
    was.used_from, was.used_to, was.point, was.status, was.version, was.valid_from, $5::date, $3::timestamptz, NULL,
    was.change_id, was.source
  FROM address AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE address
SET parent_id = CASE WHEN edit.fields ? 'parent_id' THEN (edit.fields->>'parent_id')::uuid ELSE address.parent_id END,
  level = CASE WHEN edit.fields ? 'level' THEN edit.fields->>'level' ELSE address.level END,
  name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE address.name END,
  display = CASE WHEN edit.fields ? 'display' THEN edit.fields->>'display' ELSE address.display END,
  sort_main = CASE WHEN edit.fields ? 'sort_main' THEN (edit.fields->>'sort_main')::bigint ELSE address.sort_main END,
  sort_sub = CASE WHEN edit.fields ? 'sort_sub' THEN (edit.fields->>'sort_sub')::bigint ELSE address.sort_sub END,
  code = CASE WHEN edit.fields ? 'code' THEN edit.fields->>'code' ELSE address.code END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE address.division_code END,
  place_id = CASE WHEN edit.fields ? 'place_id' THEN (edit.fields->>'place_id')::uuid ELSE address.place_id END,
  building_id = CASE WHEN edit.fields ? 'building_id' THEN (edit.fields->>'building_id')::uuid ELSE address.building_id END,
  is_present = CASE WHEN edit.fields ? 'is_present' THEN (edit.fields->>'is_present')::boolean ELSE address.is_present END,
  is_used = CASE WHEN edit.fields ? 'is_used' THEN (edit.fields->>'is_used')::boolean ELSE address.is_used END,
  is_temporary = CASE WHEN edit.fields ? 'is_temporary' THEN (edit.fields->>'is_temporary')::boolean ELSE address.is_temporary END,
  used_from = CASE WHEN edit.fields ? 'used_from' THEN (edit.fields->>'used_from')::date ELSE address.used_from END,
  used_to = CASE WHEN edit.fields ? 'used_to' THEN (edit.fields->>'used_to')::date ELSE address.used_to END,
  point = CASE WHEN edit.fields ? 'point' THEN (edit.fields->>'point')::geometry ELSE address.point END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE address.status END,
  version = address.version + 1, valid_from = greatest(address.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE address.county_code = $1 AND address.id = edit.id AND address.version = edit.base_version;
