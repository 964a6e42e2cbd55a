COPY building_address (county_code, id, building_id, address_id, is_main, recorded_at, change_id)
FROM STDIN (FORMAT binary)
