INSERT INTO locator (id, county_code, kind)
VALUES ($1, $2, 'change_set');
