-- What was believed goes to the history; then the new belief. A spelling that is there stays.
WITH kept AS (
  INSERT INTO place_history (county_code, id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id,
    starts_at, ends_at, course, length_m, width_m, geom, status, version, valid_from, valid_to, recorded_at,
    superseded_at, change_id, source)
  SELECT county_code, id, name, generic, kind, pinyin, code, division_code, parent_id, joined_id, starts_at, ends_at,
    course, length_m, width_m, geom, status, version, valid_from, valid_to, recorded_at, $3::timestamptz, change_id,
    source
  FROM place
  WHERE county_code = $1 AND id = $2
)
UPDATE place
SET generic = $5, kind = $6, length_m = $7, width_m = $8, geom = ST_GeomFromEWKB($9), version = version + 1,
  recorded_at = $3::timestamptz, change_id = $4, source = $10, pinyin = CASE WHEN pinyin = '' THEN $11 ELSE pinyin END
WHERE county_code = $1 AND id = $2;
