-- One more row that says the same strengthens what is there, whatever became of it; else it is a new proposal.
INSERT INTO alias (county_code, id, kind, text, key_text, target_id, target_name, target_address, row_count, job_id,
  proposers, proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, ARRAY[$10::text], $11)
ON CONFLICT (county_code, kind, key_text, target_id) WHERE state <> 'withdrawn' DO UPDATE
SET row_count = alias.row_count + 1,
  proposers = CASE WHEN $10::text = ANY (alias.proposers) THEN alias.proposers ELSE alias.proposers || $10::text END,
  version = alias.version + 1
RETURNING id;
