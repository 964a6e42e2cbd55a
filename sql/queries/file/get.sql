SELECT kind, plain_bytes, sealed_bytes, created_at FROM sealed_file WHERE digest = $1
