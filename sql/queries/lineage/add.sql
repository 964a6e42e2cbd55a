INSERT INTO lineage (county_code, from_id, to_id, kind, object_kind, set_id, at)
SELECT $1, given.from_id, given.to_id, given.kind, given.object_kind, $6, $7
FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS given (from_id, to_id, kind, object_kind);
