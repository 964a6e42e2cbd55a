-- The strongest first; one more than asked for tells that there are more.
SELECT county_code, id, kind, text, target_id, target_name, target_address, state, row_count, job_id, proposers,
  proposed_at, settled_by, settled_at, valid_from::text, valid_to::text, version
FROM alias
WHERE county_code = ANY ($1) AND ($2 = 'all' OR state = $2)
ORDER BY row_count DESC, proposed_at DESC, id
LIMIT $3 OFFSET $4;
