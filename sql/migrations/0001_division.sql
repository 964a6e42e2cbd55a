-- Administrative divisions, dated, with their other names and what became of old codes

-- A division as it holds from one date to another. valid_from is -infinity where the beginning is not known, valid_to is
-- infinity while it is in force. Codes are not padded: 2, 4, 6, 9 or 12 digits.
CREATE TABLE division (
  code text NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL DEFAULT 'infinity',
  name text NOT NULL,
  level text NOT NULL,
  parent text NOT NULL,
  edition text NOT NULL,
  CONSTRAINT division_pkey PRIMARY KEY (code, valid_from),
  CONSTRAINT division_code_form CHECK (code ~ '^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  CONSTRAINT division_level_known CHECK (level IN ('province', 'city', 'county', 'town', 'village', 'group')),
  CONSTRAINT division_time_forward CHECK (valid_from < valid_to)
);
SELECT distribute('division', 'reference');
CREATE INDEX division_parent_idx ON division (parent, code);

-- Another name by which a division is found. valid_to is a date, a month or a year, empty where it is not known.
CREATE TABLE division_name (
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  valid_to text NOT NULL,
  CONSTRAINT division_name_pkey PRIMARY KEY (code, name, kind),
  CONSTRAINT division_name_kind_known CHECK (kind IN ('alias', 'former_name'))
);
SELECT distribute('division_name', 'reference');

-- A code that is no longer given and what took its place, one row a successor. changed_on is a date, a month or a year.
CREATE TABLE division_succession (
  old_code text NOT NULL,
  old_name text NOT NULL,
  new_code text NOT NULL,
  changed_on text NOT NULL,
  CONSTRAINT division_succession_pkey PRIMARY KEY (old_code, new_code, changed_on, old_name)
);
SELECT distribute('division_succession', 'reference');
CREATE INDEX division_succession_new_code_idx ON division_succession (new_code);

-- What has been loaded, so that loading it again does nothing.
CREATE TABLE division_edition (
  edition text NOT NULL,
  digest bytea NOT NULL,
  divisions bigint NOT NULL,
  loaded_at timestamptz NOT NULL,
  CONSTRAINT division_edition_pkey PRIMARY KEY (edition)
);
SELECT distribute('division_edition', 'reference');
