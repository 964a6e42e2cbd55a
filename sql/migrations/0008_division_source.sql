-- Other names and successions of divisions know their source: an edition replaces its own, an imported list stays

ALTER TABLE division_name ADD COLUMN source text NOT NULL DEFAULT 'edition';
ALTER TABLE division_succession ADD COLUMN source text NOT NULL DEFAULT 'edition';
