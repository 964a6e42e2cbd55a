CREATE TABLE IF NOT EXISTS migration_function (
  name text CONSTRAINT migration_function_pkey PRIMARY KEY,
  digest bytea NOT NULL,
  applied_at timestamptz NOT NULL
)
