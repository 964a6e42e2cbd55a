COPY locator (id, county_code, kind) FROM STDIN (FORMAT binary)
