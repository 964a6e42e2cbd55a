-- Base and exclusive grids that cover the villages, borders of groups, and departments' sets of grids

-- A grid (标准基础网格): "base" and "exclusive" ones together cover their village without gap or overlap; "group" is the
-- border of a residents' group, which may lie anyhow to the grids. Of the people in it name and work phone alone.
CREATE TABLE grid (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  code text NOT NULL DEFAULT '',
  division_code text NOT NULL,
  leader_name text NOT NULL DEFAULT '',
  leader_phone text NOT NULL DEFAULT '',
  worker_name text NOT NULL DEFAULT '',
  worker_phone text NOT NULL DEFAULT '',
  worker_count int,
  household_count int,
  area_m2 real,
  geom geometry(MultiPolygon, 4490) NOT NULL,
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT grid_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT grid_kind_known CHECK (kind IN ('base', 'exclusive', 'group')),
  CONSTRAINT grid_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT grid_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('grid', 'county');
CREATE INDEX grid_division_idx ON grid (county_code, division_code text_pattern_ops);
CREATE INDEX grid_geom_idx ON grid USING gist (geom);

CREATE TABLE grid_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  code text NOT NULL,
  division_code text NOT NULL,
  leader_name text NOT NULL,
  leader_phone text NOT NULL,
  worker_name text NOT NULL,
  worker_phone text NOT NULL,
  worker_count int,
  household_count int,
  area_m2 real,
  geom geometry(MultiPolygon, 4490) NOT NULL,
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT grid_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('grid_history', 'county');

-- A department's own grid (业务网格): a set of base and exclusive grids, kept right when these change.
CREATE TABLE business_grid (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  department text NOT NULL,
  division_code text NOT NULL,
  grid_ids uuid[] NOT NULL,
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT business_grid_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT business_grid_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT business_grid_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('business_grid', 'county');
CREATE INDEX business_grid_members_idx ON business_grid USING gin (grid_ids);

CREATE TABLE business_grid_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  department text NOT NULL,
  division_code text NOT NULL,
  grid_ids uuid[] NOT NULL,
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT business_grid_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('business_grid_history', 'county');
