-- Door plates and street-name signs as assets: batches for the maker, surveys, signing keys, reports of wrong places

-- A plate (门楼牌, 地名标志) of an address or a place. object_code and copy are what its QR code says: the code of what it
-- names, and the how-manieth plate of that code it is; both stay when the object changes. `name`, `number`, `pinyin` and
-- `foot` are the writing on it. `photo` is the digest of a sealed file. point is where it hangs.
CREATE TABLE plate (
  county_code int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'planned',
  is_temporary boolean NOT NULL DEFAULT false,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  object_code text NOT NULL DEFAULT '',
  copy int NOT NULL DEFAULT 0,
  name text NOT NULL DEFAULT '',
  number text NOT NULL DEFAULT '',
  pinyin text NOT NULL DEFAULT '',
  foot text NOT NULL DEFAULT '',
  division_code text NOT NULL,
  batch_id uuid,
  key_id int NOT NULL DEFAULT 0,
  finding text NOT NULL DEFAULT 'none',
  note text NOT NULL DEFAULT '',
  produced_on date,
  installed_on date,
  inspected_on date,
  installed_by text NOT NULL DEFAULT '',
  inspected_by text NOT NULL DEFAULT '',
  photo text NOT NULL DEFAULT '',
  point geometry(Point, 4490),
  revoked_on date,
  revoked_reason text NOT NULL DEFAULT '',
  successor_id uuid,
  status text NOT NULL DEFAULT 'proposed',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT plate_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT plate_state_known CHECK (
    state IN ('planned', 'listed', 'produced', 'installed', 'inspected', 'damaged', 'replaced', 'withdrawn')),
  CONSTRAINT plate_finding_known CHECK (finding IN ('none', 'duplicate', 'wrong', 'omitted', 'missing', 'damaged')),
  CONSTRAINT plate_object_known CHECK (object_kind IN ('address', 'place')),
  CONSTRAINT plate_status_known CHECK (status IN ('proposed', 'in_use', 'retired')),
  CONSTRAINT plate_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('plate', 'county');
CREATE UNIQUE INDEX plate_code_key ON plate (county_code, object_code, copy) WHERE object_code <> '';
CREATE INDEX plate_object_idx ON plate (county_code, object_id);
CREATE INDEX plate_batch_idx ON plate (county_code, batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX plate_division_idx ON plate (county_code, division_code text_pattern_ops, id);

CREATE TABLE plate_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  is_temporary boolean NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  object_code text NOT NULL,
  copy int NOT NULL,
  name text NOT NULL,
  number text NOT NULL,
  pinyin text NOT NULL,
  foot text NOT NULL,
  division_code text NOT NULL,
  batch_id uuid,
  key_id int NOT NULL,
  finding text NOT NULL,
  note text NOT NULL,
  produced_on date,
  installed_on date,
  inspected_on date,
  installed_by text NOT NULL,
  inspected_by text NOT NULL,
  photo text NOT NULL,
  point geometry(Point, 4490),
  revoked_on date,
  revoked_reason text NOT NULL,
  successor_id uuid,
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT plate_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('plate_history', 'county');
CREATE INDEX plate_history_division_idx ON plate_history (county_code, division_code text_pattern_ops, id);

-- What a contractor makes in one go. delivered = accepted + rejected.
CREATE TABLE plate_batch (
  county_code int NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  contractor text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open',
  division_code text NOT NULL,
  ordered int NOT NULL DEFAULT 0,
  delivered int NOT NULL DEFAULT 0,
  accepted int NOT NULL DEFAULT 0,
  rejected int NOT NULL DEFAULT 0,
  ordered_on date,
  accepted_on date,
  note text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'in_use',
  version int NOT NULL DEFAULT 1,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  recorded_at timestamptz NOT NULL,
  change_id uuid NOT NULL,
  source text NOT NULL DEFAULT '',
  CONSTRAINT plate_batch_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT plate_batch_state_known CHECK (state IN ('open', 'ordered', 'accepted', 'cancelled')),
  CONSTRAINT plate_batch_counts_balance CHECK (delivered = accepted + rejected AND delivered <= ordered)
);
SELECT distribute('plate_batch', 'county');
CREATE UNIQUE INDEX plate_batch_number_key ON plate_batch (county_code, number);

CREATE TABLE plate_batch_history (
  county_code int NOT NULL,
  id uuid NOT NULL,
  number text NOT NULL,
  contractor text NOT NULL,
  state text NOT NULL,
  division_code text NOT NULL,
  ordered int NOT NULL,
  delivered int NOT NULL,
  accepted int NOT NULL,
  rejected int NOT NULL,
  ordered_on date,
  accepted_on date,
  note text NOT NULL,
  status text NOT NULL,
  version int NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  change_id uuid NOT NULL,
  source text NOT NULL,
  CONSTRAINT plate_batch_history_pkey PRIMARY KEY (county_code, id, version, recorded_at)
);
SELECT distribute('plate_batch_history', 'county');

-- What somebody who went from door to door found (排查). The newest row of an address counts. Rows are never changed.
CREATE TABLE plate_survey (
  county_code int NOT NULL,
  id uuid NOT NULL,
  address_id uuid NOT NULL,
  plate_id uuid,
  finding text NOT NULL,
  note text NOT NULL DEFAULT '',
  surveyed_on date NOT NULL,
  surveyed_by text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT '',
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  CONSTRAINT plate_survey_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT plate_survey_finding_known CHECK (
    finding IN ('none', 'duplicate', 'wrong', 'omitted', 'missing', 'damaged'))
);
SELECT distribute('plate_survey', 'county');
CREATE INDEX plate_survey_address_idx ON plate_survey (county_code, address_id, surveyed_on);
CREATE UNIQUE INDEX plate_survey_once_key ON plate_survey (county_code, address_id, surveyed_on, finding, source);

-- The keys that sign plates. The public half is published; the private half is sealed by the key ring. Retired: signs no
-- more, what it signed counts. Revoked: what it signed counts no more.
CREATE TABLE plate_key (
  key_id int NOT NULL,
  scheme int NOT NULL,
  public_key bytea NOT NULL,
  sealed_private bytea NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  retired_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text NOT NULL DEFAULT '',
  CONSTRAINT plate_key_pkey PRIMARY KEY (key_id)
);
SELECT distribute('plate_key', 'reference');

-- Plates that were scanned far from their place, as somebody who scanned one chose to tell: a day, the place rounded to
-- about a hundred metres, how often. Nothing of the person.
CREATE TABLE plate_scan_report (
  county_code int NOT NULL,
  plate_id uuid NOT NULL,
  day date NOT NULL,
  lon double precision NOT NULL,
  lat double precision NOT NULL,
  distance_m int NOT NULL,
  count int NOT NULL DEFAULT 1,
  settled_by text NOT NULL DEFAULT '',
  settled_at timestamptz,
  CONSTRAINT plate_scan_report_pkey PRIMARY KEY (county_code, plate_id, day, lon, lat)
);
SELECT distribute('plate_scan_report', 'county');

ALTER TABLE plate_survey ADD CONSTRAINT plate_survey_address_fkey
  FOREIGN KEY (county_code, address_id) REFERENCES address (county_code, id);
ALTER TABLE plate_scan_report ADD CONSTRAINT plate_scan_report_plate_fkey
  FOREIGN KEY (county_code, plate_id) REFERENCES plate (county_code, id);
