-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('number', number, 'contractor', contractor, 'state', state, 'division_code', division_code,
    'ordered', ordered, 'delivered', delivered, 'accepted', accepted, 'rejected', rejected, 'ordered_on', ordered_on,
    'accepted_on', accepted_on, 'note', note, 'status', status)
FROM plate_batch
WHERE county_code = $1 AND id = ANY ($2);
