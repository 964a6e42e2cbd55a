SELECT code, name, kind, CASE WHEN valid_to = 'infinity' THEN '' ELSE valid_to::text END
FROM division_name
ORDER BY code, name, kind
