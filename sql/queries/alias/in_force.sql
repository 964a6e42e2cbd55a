-- What the next library takes in: $2 is today.
SELECT county_code, kind, text, target_id, target_name
FROM alias
WHERE county_code = ANY ($1) AND state = 'approved' AND valid_from <= $2::date AND valid_to > $2::date
ORDER BY county_code, id;
