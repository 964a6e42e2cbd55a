-- Live places of these kinds ($4) whose name is $2 or whose sound is among $3, and places that once had such a name. One is
-- left out ($5). At most 50, the standard names first.
SELECT id, name, kind, division_code, pinyin, is_former
FROM ((
  SELECT id, name, kind, division_code, pinyin, false AS is_former
  FROM place
  WHERE county_code = $1 AND name = $2 AND kind = ANY ($4) AND status <> 'retired' AND id <> $5
  LIMIT 50
) UNION (
  SELECT id, name, kind, division_code, pinyin, false
  FROM place
  WHERE county_code = $1 AND lower(replace(replace(pinyin, ' ', ''), 'ü', 'v')) = ANY ($3) AND kind = ANY ($4)
    AND status <> 'retired' AND id <> $5
  LIMIT 50
) UNION (
  SELECT place.id, place_name.name, place.kind, place.division_code, place_name.pinyin, true
  FROM place_name
  JOIN place ON place.county_code = $1 AND place.id = place_name.place_id
  WHERE place_name.county_code = $1 AND place_name.superseded_at IS NULL
    AND (place_name.name = $2 OR lower(replace(replace(place_name.pinyin, ' ', ''), 'ü', 'v')) = ANY ($3))
    AND place.kind = ANY ($4) AND place.id <> $5
  LIMIT 50
)) AS alike
ORDER BY is_former, name <> $2, id
LIMIT 50;
