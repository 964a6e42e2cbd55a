-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO place (county_code, id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id, starts_at,
  ends_at, course, length_m, width_m, geom, status, valid_from, recorded_at, change_id, source)
SELECT $1, new.id, coalesce(new.name, ''), coalesce(new.generic, ''), new.kind, coalesce(new.pinyin, ''),
  coalesce(new.code, ''), new.division_code, new.parent_id, new.joined_id, coalesce(new.starts_at, ''),
  coalesce(new.ends_at, ''), coalesce(new.course, ''), new.length_m, new.width_m, new.geom::geometry,
  coalesce(new.status, 'in_use'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, name text, generic text, kind text, pinyin text,
  code text, division_code text, parent_id uuid, joined_id uuid, starts_at text, ends_at text, course text,
  length_m real, width_m real, geom text, status text);
