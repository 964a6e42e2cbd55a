-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO building_history (county_code, id, address_id, place_id, name, code, division_code, use, structure,
    legal_status, permit_no, built_year, floors, floors_below, height_m, footprint, status, version, valid_from,
    valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.address_id, was.place_id, was.name, was.code, was.division_code, was.use,
    was.structure, was.legal_status, was.permit_no, was.built_year, was.floors, was.floors_below, was.height_m,
    was.footprint, was.status, was.version, was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz,
    was.change_id, was.source
  FROM building AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO building_history (county_code, id, address_id, place_id, name, code, division_code, use, structure,
    legal_status, permit_no, built_year, floors, floors_below, height_m, footprint, status, version, valid_from,
    valid_to, recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.address_id, was.place_id, was.name, was.code, was.division_code, was.use,
    was.structure, was.legal_status, was.permit_no, was.built_year, was.floors, was.floors_below, was.height_m,
    was.footprint, was.status, was.version, was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM building AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE building
SET address_id = CASE WHEN edit.fields ? 'address_id' THEN (edit.fields->>'address_id')::uuid ELSE building.address_id END,
  place_id = CASE WHEN edit.fields ? 'place_id' THEN (edit.fields->>'place_id')::uuid ELSE building.place_id END,
  name = CASE WHEN edit.fields ? 'name' THEN edit.fields->>'name' ELSE building.name END,
  code = CASE WHEN edit.fields ? 'code' THEN edit.fields->>'code' ELSE building.code END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE building.division_code END,
  use = CASE WHEN edit.fields ? 'use' THEN edit.fields->>'use' ELSE building.use END,
  structure = CASE WHEN edit.fields ? 'structure' THEN edit.fields->>'structure' ELSE building.structure END,
  legal_status = CASE WHEN edit.fields ? 'legal_status' THEN edit.fields->>'legal_status' ELSE building.legal_status END,
  permit_no = CASE WHEN edit.fields ? 'permit_no' THEN edit.fields->>'permit_no' ELSE building.permit_no END,
  built_year = CASE WHEN edit.fields ? 'built_year' THEN (edit.fields->>'built_year')::int ELSE building.built_year END,
  floors = CASE WHEN edit.fields ? 'floors' THEN (edit.fields->>'floors')::int ELSE building.floors END,
  floors_below = CASE WHEN edit.fields ? 'floors_below' THEN (edit.fields->>'floors_below')::int ELSE building.floors_below END,
  height_m = CASE WHEN edit.fields ? 'height_m' THEN (edit.fields->>'height_m')::real ELSE building.height_m END,
  footprint = CASE WHEN edit.fields ? 'footprint' THEN (edit.fields->>'footprint')::geometry ELSE building.footprint END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE building.status END,
  version = building.version + 1, valid_from = greatest(building.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE building.county_code = $1 AND building.id = edit.id AND building.version = edit.base_version;
