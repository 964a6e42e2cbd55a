-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO grid_history (county_code, id, name, kind, code, division_code, leader_name, leader_phone, worker_name,
    worker_phone, worker_count, household_count, area_m2, geom, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.kind, was.code, was.division_code, was.leader_name, was.leader_phone,
    was.worker_name, was.worker_phone, was.worker_count, was.household_count, was.area_m2, was.geom, was.status,
    was.version, was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM grid AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO grid_history (county_code, id, name, kind, code, division_code, leader_name, leader_phone, worker_name,
    worker_phone, worker_count, household_count, area_m2, geom, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.name, was.kind, was.code, was.division_code, was.leader_name, was.leader_phone,
    was.worker_name, was.worker_phone, was.worker_count, was.household_count, was.area_m2, was.geom, was.status,
    was.version, was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM grid AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE grid
SET name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE grid.name END,
  kind = CASE WHEN edit.fields ? 'kind' THEN edit.fields->>'kind' ELSE grid.kind END,
  code = CASE WHEN edit.fields ? 'code' THEN edit.fields->>'code' ELSE grid.code END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE grid.division_code END,
  leader_name = CASE WHEN edit.fields ? 'leader_name' THEN edit.fields->>'leader_name' ELSE grid.leader_name END,
  leader_phone = CASE WHEN edit.fields ? 'leader_phone' THEN edit.fields->>'leader_phone' ELSE grid.leader_phone END,
  worker_name = CASE WHEN edit.fields ? 'worker_name' THEN edit.fields->>'worker_name' ELSE grid.worker_name END,
  worker_phone = CASE WHEN edit.fields ? 'worker_phone' THEN edit.fields->>'worker_phone' ELSE grid.worker_phone END,
  worker_count = CASE WHEN edit.fields ? 'worker_count' THEN (edit.fields->>'worker_count')::int ELSE grid.worker_count END,
  household_count = CASE WHEN edit.fields ? 'household_count' THEN (edit.fields->>'household_count')::int ELSE grid.household_count END,
  area_m2 = CASE WHEN edit.fields ? 'area_m2' THEN (edit.fields->>'area_m2')::real ELSE grid.area_m2 END,
  geom = CASE WHEN edit.fields ? 'geom' THEN (edit.fields->>'geom')::geometry ELSE grid.geom END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE grid.status END,
  version = grid.version + 1, valid_from = greatest(grid.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE grid.county_code = $1 AND grid.id = edit.id AND grid.version = edit.base_version;
