-- The codes of buildings that had none: $2 buildings, $3 codes, $4 changes, $5 the time, $6 the source.
WITH given AS MATERIALIZED (
  SELECT id, code, change_id
  FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS given (id, code, change_id)
), kept AS (
  INSERT INTO building_history (county_code, id, address_id, place_id, name, code, division_code, use, structure,
    legal_status, permit_no, built_year, floors, floors_below, height_m, footprint, status, version, valid_from, valid_to,
    recorded_at, superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.address_id, was.place_id, was.name, was.code, was.division_code, was.use,
    was.structure, was.legal_status, was.permit_no, was.built_year, was.floors, was.floors_below, was.height_m,
    was.footprint, was.status, was.version, was.valid_from, was.valid_to, was.recorded_at, $5::timestamptz,
    was.change_id, was.source
  FROM building AS was
  JOIN given ON was.county_code = $1 AND was.id = given.id
)
UPDATE building
SET code = given.code, version = building.version + 1, recorded_at = $5::timestamptz, change_id = given.change_id,
  source = $6
FROM given
WHERE building.county_code = $1 AND building.id = given.id;
