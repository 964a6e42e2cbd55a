-- How many places there are of those that list gives.
SELECT count(*)
FROM place
WHERE county_code = ANY ($1) AND division_code LIKE $2 AND ($4 = 'all' OR kind = $4) AND ($5 = 'all' OR status = $5)
  AND ($3 = '' OR strpos(name, $3) > 0 OR strpos(lower(pinyin), lower($3)) > 0 OR EXISTS (
    SELECT FROM place_name
    WHERE place_name.county_code = ANY ($1) AND place_name.county_code = place.county_code
      AND place_name.place_id = place.id AND place_name.superseded_at IS NULL AND strpos(place_name.name, $3) > 0));
