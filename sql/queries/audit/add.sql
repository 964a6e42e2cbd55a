INSERT INTO audit (id, at, last_at, count, actor, role, account_id, session_id, origin, request_id, action, object_kind,
                   object_id, is_allowed, rule)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
