SELECT county_code, id, kind, state, object_kind, object_id, object_version, division_code, title, request, reason, source,
  effective_on, is_correction, made_by, made_at, submitted_by, submitted_at, settled_by, settled_at, settled_reason,
  applied_by, applied_at, counts, undoes, undone_by, version
FROM change_set
WHERE county_code = $1 AND id = $2;
