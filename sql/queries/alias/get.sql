SELECT county_code, id, kind, text, target_id, target_name, target_address, state, row_count, job_id, proposers,
  proposed_at, settled_by, settled_at, valid_from::text, valid_to::text, version
FROM alias
WHERE county_code = $1 AND id = $2;
