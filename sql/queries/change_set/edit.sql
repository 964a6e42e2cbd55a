-- What its author changes of a draft or a returned set; it is a draft again. $11 the version that was seen.
UPDATE change_set
SET state = 'draft', object_version = $3, title = $4, request = $5, reason = $6, source = $7, effective_on = $8,
  is_correction = $9, division_code = $10, version = version + 1
WHERE county_code = $1 AND id = $2 AND version = $11 AND state IN ('draft', 'returned');
