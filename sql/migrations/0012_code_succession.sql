-- What became of a code that was replaced; old codes lead somewhere for ever

-- One row a successor. A code of an object that was split has several, those of merged objects share one. superseded_at: a
-- change that was taken back.
CREATE TABLE code_succession (
  old_code text NOT NULL,
  new_code text NOT NULL,
  kind text NOT NULL,
  county_code int NOT NULL,
  object_kind text NOT NULL,
  change_id uuid NOT NULL,
  at timestamptz NOT NULL,
  superseded_at timestamptz,
  CONSTRAINT code_succession_pkey PRIMARY KEY (old_code, new_code, change_id),
  CONSTRAINT code_succession_kind_known CHECK (
    kind IN ('renamed', 'moved', 'merged', 'split', 'regridded', 'redivided', 'corrected')),
  CONSTRAINT code_succession_goes_on CHECK (old_code <> new_code)
);
SELECT distribute('code_succession', 'own', 'old_code');
CREATE INDEX code_succession_new_code_idx ON code_succession (new_code);
CREATE INDEX code_succession_change_idx ON code_succession (change_id);
