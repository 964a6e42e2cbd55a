-- Finding the texts by which addresses were known: of days that are over, and whether a text is borne by another today

CREATE INDEX address_history_ended_idx ON address_history (county_code, id) WHERE superseded_at IS NULL;
CREATE INDEX address_display_idx ON address USING hash (display);
