SELECT ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)
FROM (
  SELECT ST_Extent(shape)::geometry AS box
  FROM (
    SELECT ST_Envelope(geom) AS shape FROM place WHERE county_code = ANY ($1) AND geom IS NOT NULL AND status = 'in_use'
    UNION ALL
    SELECT ST_Envelope(footprint) FROM building
    WHERE county_code = ANY ($1) AND footprint IS NOT NULL AND status = 'in_use'
    UNION ALL
    SELECT point FROM address
    WHERE county_code = ANY ($1) AND point IS NOT NULL AND status = 'in_use' AND level IN ('number', 'building')
  ) AS shapes
) AS extent
WHERE box IS NOT NULL;
