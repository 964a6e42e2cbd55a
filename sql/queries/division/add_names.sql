INSERT INTO division_name (code, name, kind, valid_to, source)
SELECT code, name, 'former_name', 'infinity', $3
FROM unnest($1::text[], $2::text[]) AS given (code, name)
ON CONFLICT (code, name, kind) DO NOTHING
