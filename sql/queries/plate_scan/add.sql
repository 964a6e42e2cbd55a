-- A plate was scanned far from its place; the same place on the same day only counts.
INSERT INTO plate_scan_report (county_code, plate_id, day, lon, lat, distance_m)
VALUES ($1, $2, $3::date, $4, $5, $6)
ON CONFLICT (county_code, plate_id, day, lon, lat) DO UPDATE SET count = plate_scan_report.count + 1;
