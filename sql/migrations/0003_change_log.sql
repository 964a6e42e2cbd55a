-- The log of changes, the order of events, and the ways from an id or a code to its county

-- Every write to the registers is a change: what was decided, by whom, why, from which source, under which rule. The
-- payload holds what a change of public facts set; a change of personal fields keeps it sealed.
CREATE TABLE change (
  county_code int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  object_version int NOT NULL,
  decision text NOT NULL DEFAULT 'applied',
  source text NOT NULL DEFAULT '',
  source_row bigint,
  actor text NOT NULL,
  account_id uuid,
  reason text NOT NULL DEFAULT '',
  rule text NOT NULL DEFAULT '',
  request_id text NOT NULL DEFAULT '',
  at timestamptz NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}',
  sealed_payload bytea,
  CONSTRAINT change_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT change_decision_known CHECK (decision IN ('applied', 'held', 'refused'))
);
SELECT distribute('change', 'county');
CREATE INDEX change_object_idx ON change (county_code, object_id, object_version);

-- What others read to follow the registers: one event an applied change, numbered without gaps within its county.
CREATE TABLE event (
  county_code int NOT NULL,
  sequence bigint NOT NULL,
  change_id uuid NOT NULL,
  kind text NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  object_version int NOT NULL,
  division_code text NOT NULL,
  at timestamptz NOT NULL,
  CONSTRAINT event_pkey PRIMARY KEY (county_code, sequence)
);
SELECT distribute('event', 'county');
CREATE INDEX event_object_idx ON event (county_code, object_id);
ALTER TABLE event ADD CONSTRAINT event_change_fkey
  FOREIGN KEY (county_code, change_id) REFERENCES change (county_code, id);

-- The last number given out of each series of a county: "event", and the running numbers of the code schemes.
CREATE TABLE counter (
  county_code int NOT NULL,
  name text NOT NULL,
  value bigint NOT NULL,
  CONSTRAINT counter_pkey PRIMARY KEY (county_code, name)
);
SELECT distribute('counter', 'county');

-- From an opaque id to the county that holds it.
CREATE TABLE locator (
  id uuid NOT NULL,
  county_code int NOT NULL,
  kind text NOT NULL,
  CONSTRAINT locator_pkey PRIMARY KEY (id)
);
SELECT distribute('locator', 'own', 'id');

-- Every readable code ever given: unique over all counties, never given twice, never removed.
CREATE TABLE issued_code (
  code text NOT NULL,
  county_code int NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  scheme text NOT NULL,
  issued_at timestamptz NOT NULL,
  retired_at timestamptz,
  CONSTRAINT issued_code_pkey PRIMARY KEY (code)
);
SELECT distribute('issued_code', 'own', 'code');
CREATE INDEX issued_code_object_idx ON issued_code (object_id);
