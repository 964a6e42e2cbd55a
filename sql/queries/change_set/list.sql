-- The newest first, a page behind id $4; $2 a state or 'all', $3 the object it is about or NULL.
SELECT county_code, id, kind, state, object_kind, object_id, object_version, division_code, title, request, reason, source,
  effective_on, is_correction, made_by, made_at, submitted_by, submitted_at, settled_by, settled_at, settled_reason,
  applied_by, applied_at, counts, undoes, undone_by, version
FROM change_set
WHERE county_code = ANY ($1) AND ($2 = 'all' OR state = $2) AND ($3::uuid IS NULL OR object_id = $3)
  AND ($4::uuid IS NULL OR id < $4)
ORDER BY id DESC
LIMIT $5;
