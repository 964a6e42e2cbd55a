-- Reports of counties that nobody has settled, the newest first.
SELECT report.county_code, report.plate_id, report.day::text, report.lon, report.lat, report.distance_m, report.count,
  plate.object_code, plate.copy, coalesce(address.display, place.name, '')
FROM plate_scan_report AS report
JOIN plate ON plate.county_code = report.county_code AND plate.id = report.plate_id
LEFT JOIN address ON address.county_code = plate.county_code AND address.id = plate.object_id
LEFT JOIN place ON place.county_code = plate.county_code AND place.id = plate.object_id
WHERE report.county_code = ANY ($1) AND report.settled_at IS NULL
ORDER BY report.day DESC, report.plate_id
LIMIT $2;
