CREATE TABLE IF NOT EXISTS migration (
  number int CONSTRAINT migration_pkey PRIMARY KEY,
  title text NOT NULL,
  digest bytea NOT NULL,
  applied_at timestamptz NOT NULL
)
