SELECT 1
FROM session
JOIN account ON account.id = session.account_id
WHERE session.id = $1 AND session.expires_at > $2 AND NOT account.is_locked
