-- Queries under a name, by organisation: what `saved:<name>` means (docs/query-language.md, "Saved queries").
-- Reason: new table. Locks: none that matter, it is new. Breaking: no.
CREATE TABLE saved_query (
  organisation text           NOT NULL CHECK (organisation = lower(organisation)),
  name         text           NOT NULL CHECK (name = lower(name)),
  query        text           NOT NULL,
  -- The entry that records it: what is not in the log did not happen.
  seq          bigint         NOT NULL,
  updated_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (organisation, name)
);
