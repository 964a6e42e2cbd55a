-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO building (county_code, id, address_id, place_id, name, code, division_code, use, structure, legal_status,
  permit_no, built_year, floors, floors_below, height_m, footprint, status, valid_from, recorded_at, change_id, source)
SELECT $1, new.id, new.address_id, new.place_id, coalesce(new.name, ''), coalesce(new.code, ''), new.division_code,
  coalesce(new.use, ''), coalesce(new.structure, ''), coalesce(new.legal_status, ''), coalesce(new.permit_no, ''),
  new.built_year, new.floors, new.floors_below, new.height_m, new.footprint::geometry, coalesce(new.status, 'in_use'),
  $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, address_id uuid, place_id uuid, name text,
  code text, division_code text, use text, structure text, legal_status text, permit_no text, built_year int,
  floors int, floors_below int, height_m real, footprint text, status text);
