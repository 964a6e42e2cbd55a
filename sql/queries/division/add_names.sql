INSERT INTO division_name (code, name, kind, source)
SELECT code, name, 'former_name', $3
FROM unnest($1::text[], $2::text[]) AS given (code, name)
ON CONFLICT (code, name, kind) DO NOTHING
