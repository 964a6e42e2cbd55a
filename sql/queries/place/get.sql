-- One place as it is now, with its geometry as GeoJSON and its length as measured on the ellipsoid.
SELECT id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id, starts_at, ends_at, course, length_m,
  width_m, status, version, valid_from::text, valid_to::text, recorded_at, source,
  ST_AsGeoJSON(geom, 7),
  CASE WHEN ST_Dimension(geom) = 1 THEN ST_Length(geom::geography) END,
  CASE WHEN ST_Dimension(geom) = 2 THEN ST_Area(geom::geography) END
FROM place
WHERE county_code = $1 AND id = $2;
