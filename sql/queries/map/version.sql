-- Changes whenever anything that is drawn may have changed.
SELECT coalesce(sum(value), 0)::bigint
FROM counter
WHERE name = 'event' AND county_code = ANY ($1);
