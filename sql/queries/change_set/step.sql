-- One step of its life: $3 the state it has, $4 the state it gets, $5 by whom, $6 when, $7 why, $8 the version that was seen,
-- $9 what was touched where it is applied.
UPDATE change_set
SET state = $4, version = version + 1,
  submitted_by = CASE WHEN $4 = 'submitted' THEN $5 ELSE submitted_by END,
  submitted_at = CASE WHEN $4 = 'submitted' THEN $6::timestamptz ELSE submitted_at END,
  settled_by = CASE WHEN $4 IN ('approved', 'returned', 'withdrawn') THEN $5 ELSE settled_by END,
  settled_at = CASE WHEN $4 IN ('approved', 'returned', 'withdrawn') THEN $6::timestamptz ELSE settled_at END,
  settled_reason = CASE WHEN $4 IN ('approved', 'returned', 'withdrawn') THEN $7 ELSE settled_reason END,
  applied_by = CASE WHEN $4 = 'applied' THEN $5 ELSE applied_by END,
  applied_at = CASE WHEN $4 = 'applied' THEN $6::timestamptz ELSE applied_at END,
  counts = CASE WHEN $4 = 'applied' THEN $9::jsonb ELSE counts END
WHERE county_code = $1 AND id = $2 AND state = $3 AND version = $8;
