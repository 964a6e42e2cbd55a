-- Everything that was ever believed of an object, in the order in which it was learnt.
SELECT version, valid_from::text, valid_to::text, recorded_at, NULL::timestamptz AS superseded_at, change_id, source,
  jsonb_build_object('address_id', address_id, 'place_id', place_id, 'name', name, 'code', code,
    'division_code', division_code, 'use', use, 'structure', structure, 'legal_status', legal_status,
    'permit_no', permit_no, 'built_year', built_year, 'floors', floors, 'floors_below', floors_below,
    'height_m', height_m, 'footprint', ST_AsEWKT(footprint), 'status', status)
FROM building
WHERE county_code = $1 AND id = $2
UNION ALL
SELECT version, valid_from::text, valid_to::text, recorded_at, superseded_at, change_id, source,
  jsonb_build_object('address_id', address_id, 'place_id', place_id, 'name', name, 'code', code,
    'division_code', division_code, 'use', use, 'structure', structure, 'legal_status', legal_status,
    'permit_no', permit_no, 'built_year', built_year, 'floors', floors, 'floors_below', floors_below,
    'height_m', height_m, 'footprint', ST_AsEWKT(footprint), 'status', status)
FROM building_history
WHERE county_code = $1 AND id = $2
ORDER BY 4, 2;
