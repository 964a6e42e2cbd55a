UPDATE change_set
SET undone_by = $3, version = version + 1
WHERE county_code = $1 AND id = $2 AND undone_by IS NULL;
