-- The register for a library: every county's addresses that are in use (an all-county query). A place that has addresses
-- stands in the library through them, each in its own village; a second one without a village would rival them.
SELECT id, display, code, division_code, ST_X(point), ST_Y(point)
FROM address
WHERE county_code = ANY ($1) AND status = 'in_use'
  AND NOT (level = 'place' AND EXISTS (
    SELECT 1 FROM address AS child WHERE child.county_code = address.county_code AND child.parent_id = address.id))
ORDER BY county_code, id;
