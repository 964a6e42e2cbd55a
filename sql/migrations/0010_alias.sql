-- Other names that people's decisions taught: proposed, approved or refused, withdrawn

-- A text that means an address of the register: the name of a place ("place": everything below the place is meant too),
-- or the whole text of one address ("address"). key_text is its normalised form. It holds from valid_from to valid_to,
-- and only while it is approved. proposers are the accounts whose decisions speak for it, row_count is how many rows.
CREATE TABLE alias (
  county_code int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  text text NOT NULL,
  key_text text NOT NULL,
  target_id uuid NOT NULL,
  target_name text NOT NULL,
  target_address text NOT NULL,
  state text NOT NULL DEFAULT 'proposed',
  row_count bigint NOT NULL DEFAULT 0,
  job_id uuid,
  proposers text[] NOT NULL,
  proposed_at timestamptz NOT NULL,
  settled_by text NOT NULL DEFAULT '',
  settled_at timestamptz,
  valid_from date NOT NULL DEFAULT '-infinity',
  valid_to date NOT NULL DEFAULT 'infinity',
  version int NOT NULL DEFAULT 1,
  CONSTRAINT alias_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT alias_kind_known CHECK (kind IN ('place', 'address')),
  CONSTRAINT alias_state_known CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
  CONSTRAINT alias_time_forward CHECK (valid_from <= valid_to)
);
SELECT distribute('alias', 'county');
CREATE UNIQUE INDEX alias_one_key ON alias (county_code, kind, key_text, target_id) WHERE state <> 'withdrawn';
CREATE INDEX alias_state_idx ON alias (county_code, state);

-- Which decided row speaks for which alias; goes with its job, and when the decision is taken back.
CREATE TABLE alias_evidence (
  job_id uuid NOT NULL,
  row_number bigint NOT NULL,
  county_code int NOT NULL,
  alias_id uuid NOT NULL,
  CONSTRAINT alias_evidence_pkey PRIMARY KEY (job_id, row_number)
);
SELECT distribute('alias_evidence', 'own', 'job_id');
