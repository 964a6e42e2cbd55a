-- Batches of counties, the newest first.
SELECT county_code, id, number, contractor, state, division_code, ordered, delivered, accepted, rejected, ordered_on::text,
  accepted_on::text, note, version
FROM plate_batch
WHERE county_code = ANY ($1)
ORDER BY id DESC
LIMIT 500;
