-- Places, addresses, buildings and rooms, each as it is now and as it was

-- Every kind has two tables of the same columns. The current one holds what is believed now, one row an object. The
-- history holds every other belief: what was believed from recorded_at until superseded_at (NULL: still believed, but
-- ended in the world on valid_to). valid_from to valid_to is when it holds in the world. "As of" a day, as known at a
-- time, is one predicate over both. county_code is the county where the row was first registered, a storage key that
-- never changes; division_code is where it lies today. A change writes both tables in one statement.

-- A named place (地名): road, lane, estate, natural village, compound. `name` is the standard name, `generic` its class
-- word (路, 巷, 花园). A street through two counties is two places with the same joined_id.
CREATE TABLE place (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  generic text NOT NULL DEFAULT '',
  kind text NOT NULL,
  pinyin text NOT NULL DEFAULT '',
  code text NOT NULL DEFAULT '',
  division_code text NOT NULL,
  parent_id uuid,
  joined_id uuid,
  starts_at text NOT NULL DEFAULT '',
  ends_at text NOT NULL DEFAULT '',
  course text NOT NULL DEFAULT '',
  length_m real,
  width_m real,
  geom geometry(Geometry, 4490),
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT place_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT place_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT place_kind_known CHECK (kind IN ('road', 'lane', 'estate', 'village', 'compound')),
  CONSTRAINT place_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('place', 'county');
CREATE INDEX place_name_idx ON place (county_code, name);
CREATE INDEX place_division_idx ON place (county_code, division_code text_pattern_ops);
CREATE INDEX place_geom_idx ON place USING gist (geom);

CREATE TABLE place_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  generic text NOT NULL,
  kind text NOT NULL,
  pinyin text NOT NULL,
  code text NOT NULL,
  division_code text NOT NULL,
  parent_id uuid,
  joined_id uuid,
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  course text NOT NULL,
  length_m real,
  width_m real,
  geom geometry(Geometry, 4490),
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT place_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('place_history', 'county');

-- A node of the address tree (标准地址): place > number > building > unit > floor > room; levels may be absent. `name` is
-- the node's own text ("8号"), `display` the whole standard address. sort_main and sort_sub put 9号 before 10号 and 8号之1
-- after 8号. is_present and is_used are the two flags of the police standard (存在标识, 在用标识): it stands there; it is in
-- use from used_from to used_to.
CREATE TABLE address (
  county_code int NOT NULL,
  id uuid NOT NULL,
  parent_id uuid,
  level text NOT NULL,
  name text NOT NULL,
  display text NOT NULL,
  sort_main bigint NOT NULL DEFAULT 0,
  sort_sub bigint NOT NULL DEFAULT 0,
  code text NOT NULL DEFAULT '',
  division_code text NOT NULL,
  place_id uuid,
  building_id uuid,
  is_present boolean NOT NULL DEFAULT true,
  is_used boolean NOT NULL DEFAULT true,
  used_from date,
  used_to date,
  point geometry(Point, 4490),
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT address_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT address_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT address_level_known CHECK (level IN ('place', 'number', 'building', 'unit', 'floor', 'room')),
  CONSTRAINT address_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('address', 'county');
CREATE UNIQUE INDEX address_sibling_key ON address (county_code, parent_id, level, name)
  WHERE parent_id IS NOT NULL AND status <> 'retired';
CREATE UNIQUE INDEX address_root_key ON address (county_code, division_code, level, name)
  WHERE parent_id IS NULL AND status <> 'retired';
CREATE INDEX address_division_idx ON address (county_code, division_code text_pattern_ops);
CREATE INDEX address_place_idx ON address (county_code, place_id);
CREATE INDEX address_building_idx ON address (county_code, building_id);
CREATE INDEX address_point_idx ON address USING gist (point);

CREATE TABLE address_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  parent_id uuid,
  level text NOT NULL,
  name text NOT NULL,
  display text NOT NULL,
  sort_main bigint NOT NULL,
  sort_sub bigint NOT NULL,
  code text NOT NULL,
  division_code text NOT NULL,
  place_id uuid,
  building_id uuid,
  is_present boolean NOT NULL,
  is_used boolean NOT NULL,
  used_from date,
  used_to date,
  point geometry(Point, 4490),
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT address_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('address_history', 'county');

-- A building (建筑物). address_id is its main address; any others stand in building_address. The building code hangs here.
CREATE TABLE building (
  county_code int NOT NULL,
  id uuid NOT NULL,
  address_id uuid,
  place_id uuid,
  name text NOT NULL DEFAULT '',
  code text NOT NULL DEFAULT '',
  division_code text NOT NULL,
  use text NOT NULL DEFAULT '',
  structure text NOT NULL DEFAULT '',
  legal_status text NOT NULL DEFAULT '',
  permit_no text NOT NULL DEFAULT '',
  built_year int,
  floors int,
  floors_below int,
  height_m real,
  footprint geometry(MultiPolygon, 4490),
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT building_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT building_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT building_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('building', 'county');
CREATE INDEX building_address_id_idx ON building (county_code, address_id);
CREATE INDEX building_division_idx ON building (county_code, division_code text_pattern_ops);
CREATE INDEX building_footprint_idx ON building USING gist (footprint);

CREATE TABLE building_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  address_id uuid,
  place_id uuid,
  name text NOT NULL,
  code text NOT NULL,
  division_code text NOT NULL,
  use text NOT NULL,
  structure text NOT NULL,
  legal_status text NOT NULL,
  permit_no text NOT NULL,
  built_year int,
  floors int,
  floors_below int,
  height_m real,
  footprint geometry(MultiPolygon, 4490),
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT building_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('building_history', 'county');

-- A room (房间): a leaf of the address tree that has a building. Its id is its address node's. The room code hangs here.
CREATE TABLE room (
  county_code int NOT NULL,
  id uuid NOT NULL,
  building_id uuid NOT NULL,
  code text NOT NULL DEFAULT '',
  floor int,
  use text NOT NULL DEFAULT '',
  area_m2 real,
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT room_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT room_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT room_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('room', 'county');
CREATE INDEX room_building_idx ON room (county_code, building_id, floor);

CREATE TABLE room_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  building_id uuid NOT NULL,
  code text NOT NULL,
  floor int,
  use text NOT NULL,
  area_m2 real,
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT room_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('room_history', 'county');

-- The other names of a place: aliases, former names, short forms. A name that was corrected keeps its row with
-- superseded_at set.
CREATE TABLE place_name (
  county_code int NOT NULL,
  id uuid NOT NULL,
  place_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  pinyin text NOT NULL DEFAULT '',
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  CONSTRAINT place_name_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT place_name_kind_known CHECK (kind IN ('alias', 'former_name', 'short'))
);
SELECT distribute('place_name', 'county');
CREATE INDEX place_name_place_idx ON place_name (county_code, place_id);
CREATE INDEX place_name_name_idx ON place_name (county_code, name);

-- Which addresses a building has: one main, any others. Kept like place_name.
CREATE TABLE building_address (
  county_code int NOT NULL,
  id uuid NOT NULL,
  building_id uuid NOT NULL,
  address_id uuid NOT NULL,
  is_main boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  CONSTRAINT building_address_pkey PRIMARY KEY (county_code, id)
);
SELECT distribute('building_address', 'county');
CREATE UNIQUE INDEX building_address_one_main_key ON building_address (county_code, building_id)
  WHERE is_main AND superseded_at IS NULL;
CREATE UNIQUE INDEX building_address_pair_key ON building_address (county_code, address_id, building_id)
  WHERE superseded_at IS NULL;

ALTER TABLE place ADD CONSTRAINT place_parent_fkey
  FOREIGN KEY (county_code, parent_id) REFERENCES place (county_code, id);
ALTER TABLE place_name ADD CONSTRAINT place_name_place_fkey
  FOREIGN KEY (county_code, place_id) REFERENCES place (county_code, id);
ALTER TABLE address ADD CONSTRAINT address_parent_fkey
  FOREIGN KEY (county_code, parent_id) REFERENCES address (county_code, id);
ALTER TABLE address ADD CONSTRAINT address_place_fkey
  FOREIGN KEY (county_code, place_id) REFERENCES place (county_code, id);
ALTER TABLE building ADD CONSTRAINT building_main_address_fkey
  FOREIGN KEY (county_code, address_id) REFERENCES address (county_code, id);
ALTER TABLE building ADD CONSTRAINT building_place_fkey
  FOREIGN KEY (county_code, place_id) REFERENCES place (county_code, id);
ALTER TABLE building_address ADD CONSTRAINT building_address_building_fkey
  FOREIGN KEY (county_code, building_id) REFERENCES building (county_code, id);
ALTER TABLE building_address ADD CONSTRAINT building_address_address_fkey
  FOREIGN KEY (county_code, address_id) REFERENCES address (county_code, id);
ALTER TABLE room ADD CONSTRAINT room_address_fkey
  FOREIGN KEY (county_code, id) REFERENCES address (county_code, id);
ALTER TABLE room ADD CONSTRAINT room_building_fkey
  FOREIGN KEY (county_code, building_id) REFERENCES building (county_code, id);
