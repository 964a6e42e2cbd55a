-- Objects that change: $2 a JSON array of id, change_id, base_version and fields (what is set), $3 the time, $4 the source,
-- $5 from which day the new holds; NULL corrects what was wrong from the beginning. What was believed goes to the history;
-- where the world changed, it is still believed of the days before. A row of another version is left alone.
WITH edit AS MATERIALIZED (
  SELECT id, change_id, base_version, fields
  FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, change_id uuid, base_version int, fields jsonb)
), kept AS (
  INSERT INTO plate_batch_history (county_code, id, number, contractor, state, division_code, ordered, delivered,
    accepted, rejected, ordered_on, accepted_on, note, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.number, was.contractor, was.state, was.division_code, was.ordered,
    was.delivered, was.accepted, was.rejected, was.ordered_on, was.accepted_on, was.note, was.status, was.version,
    was.valid_from, was.valid_to, was.recorded_at, $3::timestamptz, was.change_id, was.source
  FROM plate_batch AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
), ended AS (
  INSERT INTO plate_batch_history (county_code, id, number, contractor, state, division_code, ordered, delivered,
    accepted, rejected, ordered_on, accepted_on, note, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT was.county_code, was.id, was.number, was.contractor, was.state, was.division_code, was.ordered,
    was.delivered, was.accepted, was.rejected, was.ordered_on, was.accepted_on, was.note, was.status, was.version,
    was.valid_from, $5::date, $3::timestamptz, NULL, was.change_id, was.source
  FROM plate_batch AS was
  JOIN edit ON was.county_code = $1 AND was.id = edit.id AND was.version = edit.base_version
  WHERE was.valid_from < $5::date
)
UPDATE plate_batch
SET number = CASE WHEN edit.fields ? 'number' THEN edit.fields->>'number' ELSE plate_batch.number END,
  contractor = CASE WHEN edit.fields ? 'contractor' THEN edit.fields->>'contractor' ELSE plate_batch.contractor END,
  state = CASE WHEN edit.fields ? 'state' THEN edit.fields->>'state' ELSE plate_batch.state END,
  division_code = CASE WHEN edit.fields ? 'division_code' THEN edit.fields->>'division_code' ELSE plate_batch.division_code END,
  ordered = CASE WHEN edit.fields ? 'ordered' THEN (edit.fields->>'ordered')::int ELSE plate_batch.ordered END,
  delivered = CASE WHEN edit.fields ? 'delivered' THEN (edit.fields->>'delivered')::int ELSE plate_batch.delivered END,
  accepted = CASE WHEN edit.fields ? 'accepted' THEN (edit.fields->>'accepted')::int ELSE plate_batch.accepted END,
  rejected = CASE WHEN edit.fields ? 'rejected' THEN (edit.fields->>'rejected')::int ELSE plate_batch.rejected END,
  ordered_on = CASE WHEN edit.fields ? 'ordered_on' THEN (edit.fields->>'ordered_on')::date ELSE plate_batch.ordered_on END,
  accepted_on = CASE WHEN edit.fields ? 'accepted_on' THEN (edit.fields->>'accepted_on')::date ELSE plate_batch.accepted_on END,
  note = CASE WHEN edit.fields ? 'note' THEN edit.fields->>'note' ELSE plate_batch.note END,
  status = CASE WHEN edit.fields ? 'status' THEN edit.fields->>'status' ELSE plate_batch.status END,
  version = plate_batch.version + 1, valid_from = greatest(plate_batch.valid_from, $5::date), recorded_at = $3::timestamptz,
  change_id = edit.change_id, source = $4
FROM edit
WHERE plate_batch.county_code = $1 AND plate_batch.id = edit.id AND plate_batch.version = edit.base_version;
