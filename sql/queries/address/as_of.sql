-- Objects of divisions ($2, a pattern) as they were on a day ($3) by what was known at a time ($4), a page behind id $5.
SELECT id, version, valid_from, valid_to, recorded_at, change_id, fields
FROM ((
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('parent_id', parent_id, 'level', level, 'name', name, 'display', display,
      'sort_main', sort_main, 'sort_sub', sort_sub, 'code', code, 'division_code', division_code,
      'place_id', place_id, 'building_id', building_id, 'is_present', is_present, 'is_used', is_used,
      'is_temporary', is_temporary, 'used_from', used_from, 'used_to', used_to, 'point', ST_AsEWKT(point),
      'status', status) AS fields
  FROM address
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND id > $5
  ORDER BY id
  LIMIT $6
) UNION ALL (
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('parent_id', parent_id, 'level', level, 'name', name, 'display', display,
      'sort_main', sort_main, 'sort_sub', sort_sub, 'code', code, 'division_code', division_code,
      'place_id', place_id, 'building_id', building_id, 'is_present', is_present, 'is_used', is_used,
      'is_temporary', is_temporary, 'used_from', used_from, 'used_to', used_to, 'point', ST_AsEWKT(point),
      'status', status) AS fields
  FROM address_history
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4) AND id > $5
  ORDER BY id
  LIMIT $6
)) AS both_tables
ORDER BY id
LIMIT $6;
