-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('number', was.number, 'contractor', was.contractor, 'state', was.state,
    'division_code', was.division_code, 'ordered', was.ordered, 'delivered', was.delivered, 'accepted', was.accepted,
    'rejected', was.rejected, 'ordered_on', was.ordered_on, 'accepted_on', was.accepted_on, 'note', was.note,
    'status', was.status) END
FROM change
JOIN plate_batch AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN plate_batch_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'plate_batch';
