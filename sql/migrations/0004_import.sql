-- What files were imported, what became of each row, and which rows wait for a person

-- One file, by its digest and the kind of import; next_row says where a killed import goes on.
CREATE TABLE import_file (
  file_digest bytea NOT NULL,
  kind text NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  source text NOT NULL DEFAULT '',
  options jsonb NOT NULL DEFAULT '{}',
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  next_row bigint NOT NULL DEFAULT 0,
  counts jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT import_file_pkey PRIMARY KEY (file_digest, kind)
);
SELECT distribute('import_file', 'own', 'file_digest');

-- One row of a file, by the digest of its content: importing it again finds it here and is `same`.
CREATE TABLE import_row (
  file_digest bytea NOT NULL,
  kind text NOT NULL,
  row_digest bytea NOT NULL,
  row_number bigint NOT NULL,
  outcome text NOT NULL,
  reason text NOT NULL DEFAULT '',
  county_code int,
  object_id uuid,
  change_id uuid,
  CONSTRAINT import_row_pkey PRIMARY KEY (file_digest, kind, row_digest),
  CONSTRAINT import_row_outcome_known CHECK (outcome IN ('new', 'changed', 'same', 'held', 'refused'))
);
SELECT distribute('import_row', 'own', 'file_digest');

-- A row that a person must look at. The row itself is sealed: it may hold more than its address.
CREATE TABLE held_row (
  file_digest bytea NOT NULL,
  kind text NOT NULL,
  row_digest bytea NOT NULL,
  id uuid NOT NULL,
  row_number bigint NOT NULL,
  reason text NOT NULL,
  sealed_row bytea NOT NULL,
  state text NOT NULL DEFAULT 'open',
  decision text NOT NULL DEFAULT '',
  decided_by text NOT NULL DEFAULT '',
  decided_at timestamptz,
  version int NOT NULL DEFAULT 0,
  held_at timestamptz NOT NULL,
  CONSTRAINT held_row_pkey PRIMARY KEY (file_digest, kind, row_digest),
  CONSTRAINT held_row_state_known CHECK (state IN ('open', 'settled'))
);
SELECT distribute('held_row', 'own', 'file_digest');
