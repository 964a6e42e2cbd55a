COPY room (county_code, id, building_id, code, floor, valid_from, recorded_at, change_id, source)
FROM STDIN (FORMAT binary)
