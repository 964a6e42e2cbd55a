INSERT INTO change_set (county_code, id, kind, object_kind, object_id, object_version, division_code, title, request, reason,
  source, effective_on, is_correction, made_by, made_at, undoes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);
