UPDATE issued_code
SET retired_at = NULL
WHERE code = ANY ($1);
