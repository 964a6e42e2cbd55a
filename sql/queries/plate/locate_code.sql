-- What a readable code was given to.
SELECT county_code, object_kind, object_id
FROM issued_code
WHERE code = $1;
