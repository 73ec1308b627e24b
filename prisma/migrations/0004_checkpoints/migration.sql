-- Signed checkpoints, the keys that sign them, and what witnesses say about them (docs/verification.md).
-- Reason: the log becomes one that anybody can check. Locks: none that matter, every table is new. Breaking: no.

-- Which key signs from which size on. The first row is the log's birth; each further one a rotation.
CREATE TABLE log_key (
  from_size    bigint         PRIMARY KEY CHECK (from_size >= 0),
  -- As c2sp.org/signed-note writes it: <origin>+<key id>+<base64>.
  verifier_key text           NOT NULL,
  -- The last checkpoint under the key before: what it signed above that size is not the log's.
  last_note    text,
  added_at     timestamptz(3) NOT NULL
);

-- One signed tree head for each size at most: whoever inserts first has signed it, whatever else runs.
CREATE TABLE log_checkpoint (
  size      bigint         PRIMARY KEY CHECK (size >= 0),
  root      bytea          NOT NULL CHECK (octet_length(root) = 32),
  note      text           NOT NULL,
  signed_at timestamptz(3) NOT NULL
);

-- Verified before they are stored. `witness` is its name and key id, `time` what it says, in seconds since 1970.
CREATE TABLE log_cosignature (
  -- Of a checkpoint. No foreign key: its check would ask for a right to edit log_checkpoint, which nobody has.
  size    bigint NOT NULL,
  witness text   NOT NULL,
  time    bigint NOT NULL,
  line    text   NOT NULL,
  PRIMARY KEY (size, witness, time)
);
CREATE INDEX log_cosignature_witness_idx ON log_cosignature (witness, size);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_checkpoint FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_cosignature FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_cosignature FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON log_key, log_checkpoint, log_cosignature FROM PUBLIC, CURRENT_USER;
