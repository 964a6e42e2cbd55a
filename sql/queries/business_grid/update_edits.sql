-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO business_grid_history (county_code, id, name, department, division_code, grid_ids, status, version,
    valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.department, was.division_code, was.grid_ids, was.status, was.version,
    was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM business_grid AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO business_grid_history (county_code, id, name, department, division_code, grid_ids, status, version,
    valid_from, valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.department, was.division_code, was.grid_ids, was.status, was.version,
    was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM business_grid AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE business_grid
SET name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE business_grid.name END,
  department = CASE WHEN edit.fields ? 'department' THEN edit.fields->>'department' ELSE business_grid.department END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE business_grid.division_code END,
  grid_ids = CASE WHEN edit.fields ? 'grid_ids' THEN ARRAY(SELECT value::uuid FROM jsonb_array_elements_text(edit.fields->'grid_ids')) ELSE business_grid.grid_ids END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE business_grid.status END,
  version = business_grid.version + 1, valid_from = greatest(business_grid.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE business_grid.county_code = $1 AND business_grid.id = edit.id AND business_grid.version = edit.base_version;
