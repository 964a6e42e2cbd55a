-- $2 names; a place is the root's if it lies at or below the root's division.
SELECT id, name, division_code
FROM place
WHERE county_code = $1 AND name = ANY ($2) AND status <> 'retired';
