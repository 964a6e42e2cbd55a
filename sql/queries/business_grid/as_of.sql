-- Objects of divisions ($2, a pattern) as they were on a day ($3) by what was known at a time ($4), a page behind id $5.
SELECT id, version, valid_from, valid_to, recorded_at, change_id, fields
FROM ((
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('name', name, 'department', department, 'division_code', division_code, 'grid_ids', grid_ids,
      'status', status) AS fields
  FROM business_grid
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND id > $5
  ORDER BY id
  LIMIT $6
) UNION ALL (
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('name', name, 'department', department, 'division_code', division_code, 'grid_ids', grid_ids,
      'status', status) AS fields
  FROM business_grid_history
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4) AND id > $5
  ORDER BY id
  LIMIT $6
)) AS both_tables
ORDER BY id
LIMIT $6;
