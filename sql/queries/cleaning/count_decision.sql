UPDATE cleaning_job
SET held = held + $2, decided = decided + $3
WHERE id = $1;
