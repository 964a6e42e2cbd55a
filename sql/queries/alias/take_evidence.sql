DELETE FROM alias_evidence
WHERE job_id = $1 AND row_number = $2
RETURNING county_code, alias_id;
