DELETE FROM alias_evidence
WHERE job_id = $1;
