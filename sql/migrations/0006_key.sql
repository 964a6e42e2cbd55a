-- Data keys, each wrapped by the root key, and the sealed files they open

-- One key a table, column and epoch. The root key is not in the database.
CREATE TABLE data_key (
  table_name text NOT NULL,
  column_name text NOT NULL,
  epoch int NOT NULL,
  suite int NOT NULL,
  root_id text NOT NULL,
  wrapped_key bytea NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  CONSTRAINT data_key_pkey PRIMARY KEY (table_name, column_name, epoch)
);
SELECT distribute('data_key', 'reference');

-- A file in DATA/files, sealed, named by the digest of what lies on the disk.
CREATE TABLE sealed_file (
  digest bytea NOT NULL,
  kind text NOT NULL,
  plain_bytes bigint NOT NULL,
  sealed_bytes bigint NOT NULL,
  created_at timestamptz NOT NULL,
  delete_after timestamptz,
  CONSTRAINT sealed_file_pkey PRIMARY KEY (digest)
);
SELECT distribute('sealed_file', 'own', 'digest');
