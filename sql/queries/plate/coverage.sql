-- Coverage of counties ($1) and divisions ($2, a pattern) on a day ($3), by the first $4 digits of the division and by level.
WITH object_day AS MATERIALIZED (
  SELECT county_code, id, level, division_code, point IS NOT NULL AS is_mapped, code <> '' AS is_coded
  FROM address
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND status = 'in_use' AND level IN ('number', 'building', 'unit', 'room')
  UNION ALL
  SELECT county_code, id, level, division_code, point IS NOT NULL, code <> ''
  FROM address_history
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND superseded_at IS NULL AND status = 'in_use' AND level IN ('number', 'building', 'unit', 'room')
  UNION ALL
  SELECT county_code, id, 'place', division_code, geom IS NOT NULL, code <> ''
  FROM place
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND status = 'in_use'
  UNION ALL
  SELECT county_code, id, 'place', division_code, geom IS NOT NULL, code <> ''
  FROM place_history
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND superseded_at IS NULL AND status = 'in_use'
), plate_day AS MATERIALIZED (
  SELECT county_code, object_id, state, installed_on
  FROM plate
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
  UNION ALL
  SELECT county_code, object_id, state, installed_on
  FROM plate_history
  WHERE county_code = ANY ($1) AND division_code LIKE $2 AND valid_from <= $3::date AND valid_to > $3::date
    AND superseded_at IS NULL
), plate_sum AS MATERIALIZED (
  SELECT county_code, object_id, count(*) AS plates,
    count(*) FILTER (WHERE state IN ('produced', 'installed', 'inspected', 'damaged')) AS produced,
    count(*) FILTER (WHERE state IN ('installed', 'inspected')) AS installed,
    max(installed_on) FILTER (WHERE state IN ('installed', 'inspected')) AS installed_on
  FROM plate_day
  WHERE state NOT IN ('replaced', 'withdrawn')
  GROUP BY county_code, object_id
), survey_day AS MATERIALIZED (
  SELECT DISTINCT ON (county_code, address_id) county_code, address_id, finding, surveyed_on
  FROM plate_survey
  WHERE county_code = ANY ($1) AND surveyed_on <= $3::date
  ORDER BY county_code, address_id, surveyed_on DESC, recorded_at DESC
)
SELECT left(object_day.division_code, $4) AS division, object_day.level, count(*),
  count(*) FILTER (WHERE object_day.is_mapped), count(*) FILTER (WHERE object_day.is_coded),
  count(*) FILTER (WHERE survey_day.address_id IS NOT NULL OR plate_sum.installed > 0),
  count(*) FILTER (WHERE coalesce(plate_sum.installed_on > survey_day.surveyed_on OR survey_day.finding = 'none',
    plate_sum.installed > 0, false)),
  coalesce(sum(plate_sum.plates), 0)::bigint, coalesce(sum(plate_sum.produced), 0)::bigint,
  coalesce(sum(plate_sum.installed), 0)::bigint
FROM object_day
LEFT JOIN plate_sum ON plate_sum.county_code = object_day.county_code AND plate_sum.object_id = object_day.id
LEFT JOIN survey_day ON survey_day.county_code = object_day.county_code AND survey_day.address_id = object_day.id
GROUP BY 1, 2
ORDER BY 1, 2;
