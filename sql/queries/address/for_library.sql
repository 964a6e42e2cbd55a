-- Addresses ($2) and the places they hang under, as a library built now would hold them: whether it would (see
-- stream_all), and the display text of what became of one that is retired, if that is one address.
SELECT address.id, address.display, address.code, address.division_code, ST_X(address.point), ST_Y(address.point),
  address.status = 'in_use' AND NOT (address.level = 'place' AND EXISTS (
    SELECT 1 FROM address AS child WHERE child.county_code = address.county_code AND child.parent_id = address.id)),
  coalesce((
    SELECT min(heir.display)
    FROM lineage
    JOIN address AS heir ON heir.county_code = lineage.county_code AND heir.id = lineage.to_id
    WHERE lineage.county_code = address.county_code AND lineage.from_id = address.id
      AND lineage.superseded_at IS NULL
    HAVING count(*) = 1), '')
FROM address
WHERE address.county_code = $1 AND (address.id = ANY ($2) OR (address.level = 'place' AND address.id IN (
  SELECT child.parent_id FROM address AS child WHERE child.county_code = $1 AND child.id = ANY ($2))));
