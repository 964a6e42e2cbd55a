UPDATE session SET last_seen_at = $2 WHERE token_digest = $1 AND last_seen_at < $2
