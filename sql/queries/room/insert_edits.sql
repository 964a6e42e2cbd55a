-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO room (county_code, id, building_id, code, floor, use, area_m2, status, valid_from, recorded_at, change_id,
  source)
SELECT $1, new.id, new.building_id, coalesce(new.code, ''), new.floor, coalesce(new.use, ''), new.area_m2,
  coalesce(new.status, 'in_use'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, building_id uuid, code text, floor int, use text,
  area_m2 real, status text);
