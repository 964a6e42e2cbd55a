UPDATE cleaning_job
SET columns = $2
WHERE id = $1;
