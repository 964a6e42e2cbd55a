-- Addresses of divisions ($2, a pattern) and a level ($3) that want a plate: in use, and none is planned or hangs. $4: only
-- those where the last survey found that it is omitted, missing, damaged or wrong. A page behind id $5.
SELECT address.id
FROM address
WHERE address.county_code = $1 AND address.division_code LIKE $2 AND address.level = $3 AND address.status = 'in_use'
  AND address.id > $5
  AND NOT EXISTS (SELECT FROM plate WHERE plate.county_code = $1 AND plate.object_id = address.id
    AND plate.state IN ('planned', 'listed', 'produced', 'installed', 'inspected'))
  AND (NOT $4 OR coalesce((SELECT plate_survey.finding FROM plate_survey
    WHERE plate_survey.county_code = $1 AND plate_survey.address_id = address.id
    ORDER BY plate_survey.surveyed_on DESC, plate_survey.recorded_at DESC LIMIT 1), 'none')
    IN ('omitted', 'missing', 'damaged', 'wrong'))
ORDER BY address.id
LIMIT $6;
