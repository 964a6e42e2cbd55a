-- Objects of divisions ($2, a pattern) as they were on a day ($3) by what was known at a time ($4), a page behind id $5.
SELECT id, version, valid_from, valid_to, recorded_at, change_id, fields
FROM ((
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('name', name, 'kind', kind, 'code', code, 'division_code', division_code,
      'leader_name', leader_name, 'leader_phone', leader_phone, 'worker_name', worker_name,
      'worker_phone', worker_phone, 'worker_count', worker_count, 'household_count', household_count,
      'area_m2', area_m2, 'geom', ST_AsEWKT(geom), 'status', status) AS fields
  FROM grid
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND id > $5
  ORDER BY id
  LIMIT $6
) UNION ALL (
  SELECT id, version, valid_from::text, valid_to::text, recorded_at, change_id,
    jsonb_build_object('name', name, 'kind', kind, 'code', code, 'division_code', division_code,
      'leader_name', leader_name, 'leader_phone', leader_phone, 'worker_name', worker_name,
      'worker_phone', worker_phone, 'worker_count', worker_count, 'household_count', household_count,
      'area_m2', area_m2, 'geom', ST_AsEWKT(geom), 'status', status) AS fields
  FROM grid_history
  WHERE county_code = $1 AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND recorded_at <= $4 AND (superseded_at IS NULL OR superseded_at > $4) AND id > $5
  ORDER BY id
  LIMIT $6
)) AS both_tables
ORDER BY id
LIMIT $6;
