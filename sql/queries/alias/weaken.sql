-- A decision was taken back; a proposal that no row speaks for any more goes with it.
UPDATE alias
SET row_count = row_count - 1, version = version + 1,
  state = CASE WHEN state = 'proposed' AND row_count <= 1 THEN 'withdrawn' ELSE state END
WHERE county_code = $1 AND id = $2 AND row_count > 0;
