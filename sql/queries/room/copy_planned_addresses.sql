COPY address (county_code, id, parent_id, level, name, display, sort_main, sort_sub, code, division_code, place_id,
  building_id, valid_from, recorded_at, change_id, source)
FROM STDIN (FORMAT binary)
