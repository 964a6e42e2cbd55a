COPY change (county_code, id, kind, object_kind, object_id, object_version, source, source_row, actor, account_id, reason,
  rule, request_id, at, payload, set_id)
FROM STDIN (FORMAT binary)
