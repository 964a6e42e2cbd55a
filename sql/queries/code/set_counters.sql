UPDATE counter
SET value = given.value
FROM unnest($1::int[], $2::text[], $3::bigint[]) AS given (county_code, name, value)
WHERE counter.county_code = given.county_code AND counter.name = given.name;
