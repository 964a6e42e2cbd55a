-- Lists being cleaned in the workplace, and the answer and the decision on each of their rows

CREATE TABLE cleaning_job (
  id uuid NOT NULL,
  file_name text NOT NULL,
  file_digest bytea NOT NULL,
  file_bytes bigint NOT NULL,
  created_by text NOT NULL,
  account_id uuid,
  created_at timestamptz NOT NULL,
  state text NOT NULL,
  columns text[] NOT NULL,
  column_name text NOT NULL DEFAULT '',
  region text NOT NULL DEFAULT '',
  library_digest text NOT NULL DEFAULT '',
  started_at timestamptz,
  finished_at timestamptz,
  bytes_done bigint NOT NULL DEFAULT 0,
  rows_done bigint NOT NULL DEFAULT 0,
  count_a bigint NOT NULL DEFAULT 0,
  count_b bigint NOT NULL DEFAULT 0,
  count_c bigint NOT NULL DEFAULT 0,
  count_none bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0,
  decided bigint NOT NULL DEFAULT 0,
  rows_per_second double precision NOT NULL DEFAULT 0,
  error text NOT NULL DEFAULT '',
  worker_id uuid,
  worker_seen_at timestamptz,
  delete_after timestamptz,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT cleaning_job_pkey PRIMARY KEY (id),
  CONSTRAINT cleaning_job_state_known CHECK (state IN ('uploaded', 'queued', 'running', 'finished', 'failed'))
);
SELECT distribute('cleaning_job', 'own', 'id');
CREATE INDEX cleaning_job_state_idx ON cleaning_job (state, created_at);

-- The rows of a list with their answers, a few thousand together: packed, sealed, and written in one transaction with the
-- job's progress, so that a killed job goes on behind its last chunk.
CREATE TABLE cleaning_chunk (
  job_id uuid NOT NULL,
  first_row bigint NOT NULL,
  row_count int NOT NULL,
  sealed_payload bytea NOT NULL,
  CONSTRAINT cleaning_chunk_pkey PRIMARY KEY (job_id, first_row)
);
SELECT distribute('cleaning_chunk', 'own', 'job_id');

-- A row that waits for a person, or that a person settled. The sealed payload is its own copy of text and answer.
CREATE TABLE cleaning_row (
  job_id uuid NOT NULL,
  row_number bigint NOT NULL,
  grade text NOT NULL,
  is_held boolean NOT NULL,
  choice text NOT NULL DEFAULT 'open',
  candidate int NOT NULL DEFAULT 0,
  decided_by text NOT NULL DEFAULT '',
  decided_at timestamptz,
  version int NOT NULL DEFAULT 0,
  sealed_payload bytea NOT NULL,
  CONSTRAINT cleaning_row_pkey PRIMARY KEY (job_id, row_number),
  CONSTRAINT cleaning_row_grade_known CHECK (grade IN ('A', 'B', 'C', 'none')),
  CONSTRAINT cleaning_row_choice_known CHECK (choice IN ('open', 'accepted', 'candidate', 'unknown'))
);
SELECT distribute('cleaning_row', 'own', 'job_id');
CREATE INDEX cleaning_row_open_idx ON cleaning_row (job_id, row_number) WHERE choice = 'open';
