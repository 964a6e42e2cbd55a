SELECT old_code, new_code, kind, at, change_id
FROM code_succession
WHERE old_code = ANY ($1) AND superseded_at IS NULL
ORDER BY at, new_code;
