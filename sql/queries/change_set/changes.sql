-- The changes of an object with what they say of themselves, the newest first.
SELECT change.id, change.kind, change.object_version, change.actor, change.reason, change.source, change.rule, change.at,
  change.set_id
FROM change
WHERE change.county_code = $1 AND change.object_id = $2 AND change.decision = 'applied'
ORDER BY change.object_version DESC;
