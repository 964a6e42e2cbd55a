-- When something was last settled that a library would show.
SELECT max(settled_at)
FROM alias
WHERE county_code = ANY ($1) AND state IN ('approved', 'withdrawn');
