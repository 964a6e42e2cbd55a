COPY import_row (file_digest, kind, row_digest, row_number, outcome, reason, county_code, object_id, change_id)
FROM STDIN (FORMAT binary)
