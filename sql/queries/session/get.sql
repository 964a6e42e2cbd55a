SELECT session.id, session.account_id, session.last_seen_at, account.name, account.role, account.must_change_password
FROM session
JOIN account ON account.id = session.account_id
WHERE session.token_digest = $1 AND session.expires_at > $2 AND session.last_seen_at > $3 AND NOT account.is_locked
