-- Accounts, sessions, failed sign-ins and the record of what was decided

CREATE TABLE account (
  id uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL,
  password_expires_at timestamptz,
  is_locked boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  CONSTRAINT account_pkey PRIMARY KEY (id),
  CONSTRAINT account_name_key UNIQUE (name),
  CONSTRAINT account_role_known CHECK (role IN ('clerk', 'administrator'))
);
SELECT distribute('account', 'reference');

-- A session is known by the digest of its token, never by the token.
CREATE TABLE session (
  token_digest bytea NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  origin text NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT session_pkey PRIMARY KEY (token_digest)
);
SELECT distribute('session', 'own', 'token_digest');
CREATE INDEX session_account_idx ON session (account_id);
CREATE INDEX session_expires_idx ON session (expires_at);

-- Failures in a row of one account name or one origin; the subject is a keyed digest, because people type passwords into
-- the name field.
CREATE TABLE sign_in_failure (
  subject bytea NOT NULL,
  failures int NOT NULL,
  last_at timestamptz NOT NULL,
  not_before timestamptz NOT NULL,
  CONSTRAINT sign_in_failure_pkey PRIMARY KEY (subject)
);
SELECT distribute('sign_in_failure', 'own', 'subject');

-- What the policy decided: who, what, on which object, allowed or not; never a value. Frequent reads of one session are
-- one row with a count.
CREATE TABLE audit (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  count int NOT NULL DEFAULT 1,
  actor text NOT NULL,
  role text NOT NULL,
  account_id uuid,
  session_id uuid,
  origin text NOT NULL,
  request_id text NOT NULL,
  action text NOT NULL,
  object_kind text NOT NULL DEFAULT '',
  object_id text NOT NULL DEFAULT '',
  is_allowed boolean NOT NULL,
  rule text NOT NULL,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);
SELECT distribute('audit', 'own', 'id');
CREATE INDEX audit_at_idx ON audit (at);
CREATE INDEX audit_account_idx ON audit (account_id, at);
