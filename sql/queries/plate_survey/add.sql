-- Findings of a survey; one that is there already is left alone.
INSERT INTO plate_survey (county_code, id, address_id, finding, note, surveyed_on, surveyed_by, source, recorded_at,
  recorded_by)
SELECT $1, given.id, given.address_id, given.finding, given.note, given.surveyed_on::date, given.surveyed_by, $6, $7, $8
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $9::text[], $10::text[])
  AS given (id, address_id, finding, note, surveyed_on, surveyed_by)
ON CONFLICT DO NOTHING
RETURNING address_id;
