-- What was believed goes to the history; then the new belief: $2 ids, $3 codes, $4 points as WKB, $5 divisions (empty or
-- NULL: as it was), $6 changes, $7 the time, $8 the source.
WITH incoming AS (
  SELECT *
  FROM unnest($2::uuid[], $3::text[], $4::bytea[], $5::text[], $6::uuid[])
    AS given (id, code, point, division_code, change_id)
), kept AS (
  INSERT INTO address_history (county_code, id, parent_id, level, name, display, sort_main, sort_sub, code, division_code,
    place_id, building_id, is_present, is_used, used_from, used_to, point, status, version, valid_from, valid_to,
    recorded_at, superseded_at, change_id, source)
  SELECT address.county_code, address.id, address.parent_id, address.level, address.name, address.display,
    address.sort_main, address.sort_sub, address.code, address.division_code, address.place_id, address.building_id,
    address.is_present, address.is_used, address.used_from, address.used_to, address.point, address.status,
    address.version, address.valid_from, address.valid_to, address.recorded_at, $7::timestamptz, address.change_id,
    address.source
  FROM address
  JOIN incoming ON address.county_code = $1 AND address.id = incoming.id
)
UPDATE address
SET code = CASE WHEN incoming.code = '' THEN address.code ELSE incoming.code END,
  division_code = CASE WHEN incoming.division_code = '' THEN address.division_code ELSE incoming.division_code END,
  point = coalesce(ST_GeomFromEWKB(incoming.point), address.point),
  version = address.version + 1, recorded_at = $7::timestamptz, change_id = incoming.change_id, source = $8
FROM incoming
WHERE address.county_code = $1 AND address.id = incoming.id;
