-- Objects as they are now, with their columns as JSON.
SELECT id, version, status, division_code,
  jsonb_build_object('address_id', address_id, 'place_id', place_id, 'name', name, 'code', code,
    'division_code', division_code, 'use', use, 'structure', structure, 'legal_status', legal_status,
    'permit_no', permit_no, 'built_year', built_year, 'floors', floors, 'floors_below', floors_below,
    'height_m', height_m, 'footprint', ST_AsEWKT(footprint), 'status', status)
FROM building
WHERE county_code = $1 AND id = ANY ($2);
