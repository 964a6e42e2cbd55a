SELECT code, county_code, object_kind, object_id, scheme, issued_at, retired_at
FROM issued_code
WHERE code = ANY ($1);
