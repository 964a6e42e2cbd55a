-- Change sets: what is asked for, by whom and why, who agreed, and what came of what

-- One request to change the spine (变更单): drafted, submitted, approved or returned, applied in one transaction. `request`
-- holds what its kind needs; object_version is the version of its object that the author saw. effective_on is the day from
-- which it holds in the world; is_correction says that it was wrong from the beginning. undoes and undone_by tie a set to the
-- one that takes it back.
CREATE TABLE change_set (
  county_code int NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'draft',
  object_kind text NOT NULL,
  object_id uuid,
  object_version int NOT NULL DEFAULT 0,
  division_code text NOT NULL,
  title text NOT NULL,
  request jsonb NOT NULL,
  reason text NOT NULL,
  source text NOT NULL DEFAULT '',
  effective_on date NOT NULL,
  is_correction boolean NOT NULL DEFAULT false,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  submitted_by text NOT NULL DEFAULT '',
  submitted_at timestamptz,
  settled_by text NOT NULL DEFAULT '',
  settled_at timestamptz,
  settled_reason text NOT NULL DEFAULT '',
  applied_by text NOT NULL DEFAULT '',
  applied_at timestamptz,
  counts jsonb NOT NULL DEFAULT '{}',
  undoes uuid,
  undone_by uuid,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT change_set_pkey PRIMARY KEY (county_code, id),
  CONSTRAINT change_set_state_known CHECK (
    state IN ('draft', 'submitted', 'returned', 'approved', 'applied', 'withdrawn'))
);
SELECT distribute('change_set', 'county');
CREATE INDEX change_set_state_idx ON change_set (county_code, state, id);
CREATE INDEX change_set_object_idx ON change_set (county_code, object_id);

-- What speaks for a change set: a plan, a photo, an official letter. The file itself is sealed.
CREATE TABLE change_evidence (
  county_code int NOT NULL,
  id uuid NOT NULL,
  set_id uuid NOT NULL,
  file_digest bytea NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  CONSTRAINT change_evidence_pkey PRIMARY KEY (county_code, id)
);
SELECT distribute('change_evidence', 'county');
CREATE INDEX change_evidence_set_idx ON change_evidence (county_code, set_id);
ALTER TABLE change_evidence ADD CONSTRAINT change_evidence_set_fkey
  FOREIGN KEY (county_code, set_id) REFERENCES change_set (county_code, id);

-- What became of an object and what it came from: merged_into, split_into, replaced_by, renumbered, moved.
CREATE TABLE lineage (
  county_code int NOT NULL,
  from_id uuid NOT NULL,
  to_id uuid NOT NULL,
  kind text NOT NULL,
  object_kind text NOT NULL,
  set_id uuid NOT NULL,
  at timestamptz NOT NULL,
  superseded_at timestamptz,
  CONSTRAINT lineage_pkey PRIMARY KEY (county_code, from_id, to_id, set_id),
  CONSTRAINT lineage_kind_known CHECK (kind IN ('merged_into', 'split_into', 'replaced_by'))
);
SELECT distribute('lineage', 'county');
CREATE INDEX lineage_to_idx ON lineage (county_code, to_id);

-- Which set a change belongs to; none where an import wrote it.
ALTER TABLE change ADD COLUMN set_id uuid;
CREATE INDEX change_set_id_idx ON change (county_code, set_id) WHERE set_id IS NOT NULL;

-- A temporary number (临时门牌) tells a house apart and proves no right.
ALTER TABLE address ADD COLUMN is_temporary boolean NOT NULL DEFAULT false;
ALTER TABLE address_history ADD COLUMN is_temporary boolean NOT NULL DEFAULT false;
CREATE INDEX address_parent_idx ON address (county_code, parent_id) WHERE parent_id IS NOT NULL;
