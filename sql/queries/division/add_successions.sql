INSERT INTO division_succession (old_code, old_name, new_code, changed_on, source)
SELECT old_code, old_name, new_code, changed_on, $5
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS given (old_code, old_name, new_code, changed_on)
ON CONFLICT (old_code, new_code, changed_on, old_name) DO NOTHING
