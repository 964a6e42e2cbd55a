-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('number', number, 'contractor', contractor, 'state', state, 'division_code', division_code,
    'ordered', ordered, 'delivered', delivered, 'accepted', accepted, 'rejected', rejected, 'ordered_on', ordered_on,
    'accepted_on', accepted_on, 'note', note, 'status', status)
FROM plate_batch
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('number', number, 'contractor', contractor, 'state', state, 'division_code', division_code,
    'ordered', ordered, 'delivered', delivered, 'accepted', accepted, 'rejected', rejected, 'ordered_on', ordered_on,
    'accepted_on', accepted_on, 'note', note, 'status', status)
FROM plate_batch_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
