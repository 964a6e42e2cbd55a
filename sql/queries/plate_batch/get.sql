SELECT county_code, id, number, contractor, state, division_code, ordered, delivered, accepted, rejected, ordered_on::text,
  accepted_on::text, note, version
FROM plate_batch
WHERE county_code = $1 AND id = $2;
