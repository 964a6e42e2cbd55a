-- How many batches have a number that begins so.
SELECT count(*)
FROM plate_batch
WHERE county_code = $1 AND starts_with(number, $2);
