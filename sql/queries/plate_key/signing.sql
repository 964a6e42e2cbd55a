-- The key that signs plates from now on: the newest of a scheme that was neither retired nor revoked.
SELECT key_id, scheme, sealed_private
FROM plate_key
WHERE scheme = $1 AND retired_at IS NULL AND revoked_at IS NULL
ORDER BY key_id DESC
LIMIT 1;
