-- Somebody looked into the reports of a plate.
UPDATE plate_scan_report
SET settled_by = $3, settled_at = $4
WHERE county_code = $1 AND plate_id = $2 AND settled_at IS NULL;
