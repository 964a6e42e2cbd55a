-- The plates that hang at addresses ($2), one an address: the newest.
SELECT DISTINCT ON (object_id) object_id, id
FROM plate
WHERE county_code = $1 AND object_id = ANY ($2) AND state IN ('installed', 'inspected')
ORDER BY object_id, id DESC;
