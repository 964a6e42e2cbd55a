-- The nodes that stand for a place ($2) in the address tree, and those that bear its name ($3) in its division ($4, a
-- pattern) and belong to no place yet.
SELECT id
FROM address
WHERE county_code = $1 AND level = 'place' AND status <> 'retired'
  AND ((place_id = $2 AND name = $3) OR (place_id IS NULL AND name = $3 AND division_code LIKE $4));
