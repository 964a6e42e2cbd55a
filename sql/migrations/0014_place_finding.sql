-- Finding places by how they sound, the numbers of a street in their order, and what lacks a name or a number

-- How a name sounds without blanks and case; the column pinyin is filled when a place is imported or changed.
CREATE INDEX place_sound_idx ON place (county_code, lower(replace(replace(pinyin, ' ', ''), 'ü', 'v')));
CREATE INDEX place_name_sound_idx ON place_name (county_code, lower(replace(replace(pinyin, ' ', ''), 'ü', 'v')));

-- The door numbers of a street.
CREATE INDEX address_number_idx ON address (county_code, place_id, sort_main, sort_sub) WHERE level = 'number';

-- Addresses that are named places, and buildings without an address: few, and looked for again and again.
CREATE INDEX address_street_idx ON address (county_code, id) WHERE level = 'place';
CREATE INDEX building_without_address_idx ON building (county_code, id) WHERE address_id IS NULL;
