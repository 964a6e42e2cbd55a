-- Holds the counters of scopes until the transaction ends: $1 counties, $2 names, taken in one order by everybody.
INSERT INTO counter (county_code, name, value)
SELECT given.county_code, given.name, 0
FROM unnest($1::int[], $2::text[]) AS given (county_code, name)
ORDER BY given.county_code, given.name
ON CONFLICT (county_code, name) DO UPDATE SET value = counter.value
RETURNING name, value;
