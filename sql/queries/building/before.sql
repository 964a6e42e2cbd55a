-- What the objects of a change set ($2) were before it; no JSON where it made them.
SELECT change.object_id, change.object_version, now.division_code, CASE WHEN was.id IS NULL THEN NULL ELSE
  jsonb_build_object('address_id', was.address_id, 'place_id', was.place_id, 'name', was.name, 'code', was.code,
    'division_code', was.division_code, 'use', was.use, 'structure', was.structure, 'legal_status', was.legal_status,
    'permit_no', was.permit_no, 'built_year', was.built_year, 'floors', was.floors, 'floors_below', was.floors_below,
    'height_m', was.height_m, 'footprint', ST_AsEWKT(was.footprint), 'status', was.status) END
FROM change
JOIN building AS now ON now.county_code = change.county_code AND now.id = change.object_id
LEFT JOIN building_history AS was ON was.county_code = change.county_code AND was.id = change.object_id
  AND was.version = change.object_version - 1 AND was.superseded_at IS NOT NULL
WHERE change.county_code = $1 AND change.set_id = $2 AND change.object_kind = 'building';
