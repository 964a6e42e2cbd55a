INSERT INTO code_succession (old_code, new_code, kind, county_code, object_kind, change_id, at)
SELECT given.old_code, given.new_code, given.kind, $1, given.object_kind, given.change_id, $2::timestamptz
FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[])
  AS given (old_code, new_code, kind, object_kind, change_id);
