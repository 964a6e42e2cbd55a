-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO grid (county_code, id, name, kind, code, division_code, leader_name, leader_phone, worker_name,
  worker_phone, worker_count, household_count, area_m2, geom, status, valid_from, recorded_at, change_id, source)
SELECT $1, new.id, coalesce(new.name, ''), coalesce(new.kind, 'base'), coalesce(new.code, ''), new.division_code,
  coalesce(new.leader_name, ''), coalesce(new.leader_phone, ''), coalesce(new.worker_name, ''),
  coalesce(new.worker_phone, ''), new.worker_count, new.household_count, new.area_m2, new.geom::geometry,
  coalesce(new.status, 'in_use'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, name text, kind text, code text,
  division_code text, leader_name text, leader_phone text, worker_name text, worker_phone text, worker_count int,
  household_count int, area_m2 real, geom text, status text);
