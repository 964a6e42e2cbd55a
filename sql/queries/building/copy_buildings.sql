COPY building (county_code, id, address_id, place_id, name, code, division_code, use, floors, height_m, footprint,
  recorded_at, change_id, source)
FROM STDIN (FORMAT binary)
