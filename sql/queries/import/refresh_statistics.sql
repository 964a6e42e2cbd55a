-- Plans made while a table was small (the checks of foreign keys among them) read it whole ever after; fresh statistics
-- make them be made anew.
ANALYZE address, building, building_address, change, event, import_row, issued_code, locator, place, room;
