-- New objects: $2 a JSON array of their columns (geometry as EWKT), $3 the time, $4 the source, $5 from which day they hold.
INSERT INTO plate_batch (county_code, id, number, contractor, state, division_code, ordered, delivered, accepted,
  rejected, ordered_on, accepted_on, note, status, valid_from, recorded_at, change_id, source)
SELECT $1, new.id, new.number, coalesce(new.contractor, ''), coalesce(new.state, 'open'), new.division_code,
  coalesce(new.ordered, 0), coalesce(new.delivered, 0), coalesce(new.accepted, 0), coalesce(new.rejected, 0),
  new.ordered_on, new.accepted_on, coalesce(new.note, ''), coalesce(new.status, 'in_use'), $5::date, $3::timestamptz,
  new.change_id, $4
FROM jsonb_to_recordset($2::jsonb) AS new (id uuid, change_id uuid, number text, contractor text, state text,
  division_code text, ordered int, delivered int, accepted int, rejected int, ordered_on date, accepted_on date,
  note text, status text);
