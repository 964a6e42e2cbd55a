-- The plates whose QR code holds this code.
SELECT plate.county_code, plate.id, plate.kind, plate.state, plate.is_temporary, plate.object_kind, plate.object_id,
  coalesce(address.display, place.name, ''), plate.object_code, plate.copy, plate.name, plate.number, plate.pinyin, plate.foot,
  plate.division_code, plate.batch_id, plate.key_id, plate.finding, plate.note, plate.produced_on::text,
  plate.installed_on::text, plate.inspected_on::text, plate.installed_by, plate.inspected_by, plate.photo,
  ST_X(plate.point), ST_Y(plate.point), plate.revoked_on::text, plate.revoked_reason, plate.successor_id,
  plate.valid_from::text, plate.version
FROM plate
LEFT JOIN address ON address.county_code = plate.county_code AND address.id = plate.object_id
LEFT JOIN place ON place.county_code = plate.county_code AND place.id = plate.object_id
WHERE plate.county_code = $1 AND plate.object_code = $2
ORDER BY plate.copy DESC;
