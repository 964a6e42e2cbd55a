-- Places of divisions ($2, a pattern) whose name, spelling or other name holds $3, of a kind ($4, or all) and a state ($5, or
-- all), in the order of ids, behind $6.
SELECT county_code, id, name, generic, kind, pinyin, code, division_code, length_m, width_m, status, version
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND ($4 = 'all' OR kind = $4) AND ($5 = 'all' OR status = $5)
  AND id > $6
  AND ($3 = '' OR strpos(name, $3) > 0 OR strpos(lower(pinyin), lower($3)) > 0 OR EXISTS (
    SELECT FROM place_name
    WHERE place_name.county_code = ANY ($1) AND place_name.county_code = place.county_code
      AND place_name.place_id = place.id AND place_name.superseded_at IS NULL AND strpos(place_name.name, $3) > 0))
ORDER BY id
LIMIT $7;
