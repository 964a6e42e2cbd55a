COPY event (county_code, sequence, change_id, kind, object_kind, object_id, object_version, division_code, at)
FROM STDIN (FORMAT binary)
