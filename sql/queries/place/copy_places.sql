COPY place (county_code, id, name, generic, kind, pinyin, division_code, length_m, width_m, geom,
  recorded_at, change_id, source)
FROM STDIN (FORMAT binary)
