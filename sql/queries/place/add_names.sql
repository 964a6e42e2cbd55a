INSERT INTO place_name (county_code, id, place_id, name, kind, pinyin, valid_from, valid_to, recorded_at, change_id)
SELECT $1, given.id, given.place_id, given.name, given.kind, given.pinyin, '-infinity', given.valid_to::date, $7, $8
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $9::text[])
  AS given (id, place_id, name, kind, pinyin, valid_to);
