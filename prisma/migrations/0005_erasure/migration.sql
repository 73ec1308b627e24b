-- Erasure, retention and legal hold (docs/operations.md, "Personal data").
-- Reason: what was taken out of the log on purpose is told apart from what somebody made vanish.
-- Locks: none that matter, every table is new. Breaking: no.

-- Each `person.erased`, by its own id and the number of its entry. How many there are tells replicas that what they
-- remember of people may be gone.
CREATE TABLE erasure (
  id  uuid   PRIMARY KEY,
  seq bigint NOT NULL
);

-- Openings that an erasure took: whose, and which places of the leaf stay closed (JSON: a list of pointers). A digest
-- over an erasure's rows stands in its entry, so that none can be made up later.
CREATE TABLE erased_opening (
  act     uuid   NOT NULL,
  seq     bigint NOT NULL,
  subject uuid   NOT NULL,
  places  text   NOT NULL,
  PRIMARY KEY (seq, subject)
);
CREATE INDEX erased_opening_act_idx ON erased_opening (act, seq, subject);

-- Raw bodies that an erasure took, by their delivery.
CREATE TABLE erased_body (
  first_seq bigint PRIMARY KEY,
  act       uuid   NOT NULL
);
CREATE INDEX erased_body_act_idx ON erased_body (act, first_seq);

-- What retention took: raw bodies or openings of everything before an entry, held ones excepted. `seq` is the entry that
-- says so; it is written first, and the deleting goes on from it if it was interrupted.
CREATE TABLE retention (
  seq        bigint PRIMARY KEY,
  kind       text   NOT NULL CHECK (kind IN ('bodies', 'openings')),
  before_seq bigint NOT NULL
);

-- Legal holds that stand. What they cover is neither pruned nor erased. Adding and removing one are entries.
CREATE TABLE legal_hold (
  id       uuid           PRIMARY KEY,
  number   integer        NOT NULL UNIQUE,
  kind     text           NOT NULL CHECK (kind IN ('repository', 'person', 'query')),
  value    text           NOT NULL,
  reason   text           NOT NULL,
  added_at timestamptz(3) NOT NULL
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON erasure FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON erased_opening FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON erased_body FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON retention FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_edit BEFORE UPDATE ON legal_hold FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON erased_opening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON erased_body FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON retention FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON erasure, erased_opening, erased_body, retention FROM PUBLIC, CURRENT_USER;
REVOKE UPDATE, TRUNCATE ON legal_hold FROM PUBLIC, CURRENT_USER;
