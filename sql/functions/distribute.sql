-- Says how a new table is spread over a cluster of servers; on a single server it does nothing.
--   county      by county_code, together with all other county tables
--   reference   whole, on every server
--   own         by the column `key`, alone
CREATE OR REPLACE FUNCTION distribute(table_name text, kind text, key text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $body$
BEGIN
  IF kind NOT IN ('county', 'reference', 'own') OR (kind = 'own') <> (key IS NOT NULL) THEN
    RAISE EXCEPTION 'distribute(%, %, %): no such way', table_name, kind, key;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
    RETURN;
  END IF;
  IF kind = 'county' THEN
    PERFORM create_distributed_table(table_name::regclass, 'county_code');
  ELSIF kind = 'reference' THEN
    PERFORM create_reference_table(table_name::regclass);
  ELSE
    PERFORM create_distributed_table(table_name::regclass, key, colocate_with => 'none');
  END IF;
END
$body$;
