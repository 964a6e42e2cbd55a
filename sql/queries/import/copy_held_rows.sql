COPY held_row (file_digest, kind, row_digest, id, row_number, reason, sealed_row, held_at) FROM STDIN (FORMAT binary)
