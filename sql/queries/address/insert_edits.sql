-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO address (county_code, id, parent_id, level, name, display, sort_main, sort_sub, code, division_code,
  place_id, building_id, is_present, is_used, is_temporary, used_from, used_to, point, status, valid_from,
  recorded_at, change_id, source)
SELECT $1, new.id, new.parent_id, new.level, new.name, new.display, coalesce(new.sort_main, 0),
  coalesce(new.sort_sub, 0), coalesce(new.code, ''), new.division_code, new.place_id, new.building_id,
  coalesce(new.is_present, true), coalesce(new.is_used, true), coalesce(new.is_temporary, false), new.used_from,
  new.used_to, new.point::geometry, coalesce(new.status, 'in_use'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, parent_id uuid, level text, name text,
  display text, sort_main bigint, sort_sub bigint, code text, division_code text, place_id uuid, building_id uuid,
  is_present boolean, is_used boolean, is_temporary boolean, used_from date, used_to date, point text, status text);
