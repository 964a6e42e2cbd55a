-- What was believed goes to the history; then the new belief.
WITH kept AS (
  INSERT INTO building_history (county_code, id, address_id, place_id, name, code, division_code, use, structure,
    legal_status, permit_no, built_year, floors, floors_below, height_m, footprint, status, version, valid_from, valid_to,
    recorded_at, superseded_at, change_id, source)
  SELECT county_code, id, address_id, place_id, name, code, division_code, use, structure, legal_status, permit_no,
    built_year, floors, floors_below, height_m, footprint, status, version, valid_from, valid_to, recorded_at,
    $3::timestamptz, change_id, source
  FROM building
  WHERE county_code = $1 AND id = $2
)
UPDATE building
SET name = $5, use = $6, floors = $7, height_m = $8, footprint = ST_GeomFromEWKB($9), version = version + 1,
  recorded_at = $3::timestamptz, change_id = $4, source = $10
WHERE county_code = $1 AND id = $2;
