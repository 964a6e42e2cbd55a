-- How many places one plate was reported from on a day.
SELECT count(*)
FROM plate_scan_report
WHERE county_code = $1 AND plate_id = $2 AND day = $3::date;
