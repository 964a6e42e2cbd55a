INSERT INTO alias_evidence (job_id, row_number, county_code, alias_id)
VALUES ($1, $2, $3, $4);
