-- Holds the county's counter until the transaction ends, so that changes of one county have one order without gaps.
INSERT INTO counter (county_code, name, value)
VALUES ($1, 'event', 0)
ON CONFLICT (county_code, name) DO UPDATE SET value = counter.value
RETURNING value;
