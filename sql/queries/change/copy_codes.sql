COPY issued_code (code, county_code, object_kind, object_id, scheme, issued_at) FROM STDIN (FORMAT binary)
