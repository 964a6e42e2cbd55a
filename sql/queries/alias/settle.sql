-- $3 the new state, $4 by whom, $5 when, $6 and $7 from and until which day it holds, $8 the version that was seen.
UPDATE alias
SET state = $3, settled_by = $4, settled_at = $5, valid_from = $6::date, valid_to = $7::date, version = version + 1
WHERE county_code = $1 AND id = $2 AND version = $8;
