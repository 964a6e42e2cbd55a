UPDATE issued_code
SET retired_at = $2::timestamptz
WHERE code = ANY ($1) AND retired_at IS NULL;
