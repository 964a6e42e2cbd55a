SELECT id, name, kind, pinyin, valid_from::text, valid_to::text, recorded_at
FROM place_name
WHERE county_code = $1 AND place_id = $2 AND superseded_at IS NULL
ORDER BY valid_to DESC, name;
