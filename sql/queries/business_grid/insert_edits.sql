-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO business_grid (county_code, id, name, department, division_code, grid_ids, status, valid_from,
  recorded_at, change_id, source)
SELECT $1, new.id, coalesce(new.name, ''), coalesce(new.department, ''), new.division_code, new.grid_ids,
  coalesce(new.status, 'in_use'), $5::date, $3::timestamptz, new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, name text, department text, division_code text,
  grid_ids uuid[], status text);
