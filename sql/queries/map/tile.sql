-- One vector tile: $1 counties, $2 zoom, $3 column, $4 row. The shapes are CGCS2000; the tile is Web Mercator.
WITH bounds AS MATERIALIZED (
  SELECT ST_TileEnvelope($2, $3, $4) AS mercator,
    ST_SetSRID(ST_Transform(ST_TileEnvelope($2, $3, $4, margin => 0.0625), 4326), 4490) AS degrees
), road_layer AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_SetSRID(place.geom, 4326), 3857), bounds.mercator, 4096, 256) AS geom,
    place.id::text AS id, place.name, place.kind AS class, place.width_m
  FROM place, bounds
  WHERE place.county_code = ANY ($1) AND place.status = 'in_use' AND place.geom && bounds.degrees
    AND ST_Dimension(place.geom) = 1 AND ($2 >= 14 OR place.kind = 'road' AND $2 >= 9)
  LIMIT 20000
), building_layer AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_SetSRID(building.footprint, 4326), 3857), bounds.mercator, 4096, 256) AS geom,
    building.id::text AS id, building.address_id::text AS address_id, building.name, building.floors, building.height_m,
    building.use
  FROM building, bounds
  WHERE building.county_code = ANY ($1) AND building.status = 'in_use' AND building.footprint && bounds.degrees
    AND ($2 >= 15 OR $2 >= 13 AND ST_Area(building.footprint) > 2e-8)
  LIMIT 50000
), address_layer AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_SetSRID(address.point, 4326), 3857), bounds.mercator, 4096, 256) AS geom,
    address.id::text AS id, address.name AS text, address.display AS address, address.level
  FROM address, bounds
  WHERE address.county_code = ANY ($1) AND address.status = 'in_use' AND address.point && bounds.degrees
    AND address.level IN ('number', 'building') AND $2 >= 15
  LIMIT 50000
), place_layer AS MATERIALIZED (
  SELECT ST_AsMVTGeom(ST_Transform(ST_SetSRID(ST_PointOnSurface(place.geom), 4326), 3857), bounds.mercator, 4096, 256)
      AS geom,
    place.id::text AS id, place.name, place.kind AS class
  FROM place, bounds
  WHERE place.county_code = ANY ($1) AND place.status = 'in_use' AND place.geom && bounds.degrees
    AND ST_Dimension(place.geom) <> 1 AND ($2 >= 13 OR place.kind = 'village' AND $2 >= 10)
  LIMIT 10000
)
SELECT coalesce((SELECT ST_AsMVT(road_layer, 'road', 4096, 'geom') FROM road_layer WHERE geom IS NOT NULL), ''::bytea)
  || coalesce((SELECT ST_AsMVT(building_layer, 'building', 4096, 'geom') FROM building_layer WHERE geom IS NOT NULL), ''::bytea)
  || coalesce((SELECT ST_AsMVT(address_layer, 'address', 4096, 'geom') FROM address_layer WHERE geom IS NOT NULL), ''::bytea)
  || coalesce((SELECT ST_AsMVT(place_layer, 'place', 4096, 'geom') FROM place_layer WHERE geom IS NOT NULL), ''::bytea);
