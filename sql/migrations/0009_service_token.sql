-- Service tokens: how another department's program signs in

-- A token is known by its digest, never by itself. It is good until expires_at or until somebody revokes it; the row
-- stays, so that the audit's names keep their meaning and a name is never given twice.
CREATE TABLE service_token (
  id uuid NOT NULL,
  name text NOT NULL,
  token_digest bytea NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_by text NOT NULL DEFAULT '',
  revoked_at timestamptz,
  last_used_at timestamptz,
  CONSTRAINT service_token_pkey PRIMARY KEY (id),
  CONSTRAINT service_token_name_key UNIQUE (name),
  CONSTRAINT service_token_digest_key UNIQUE (token_digest)
);
SELECT distribute('service_token', 'reference');
