-- Which checkpoints were published, beside those that are signed (docs/verification.md, “The signed log”).
-- Reason: with a quorum of witnesses a checkpoint is shown when they have cosigned it; what was shown once is never taken back,
-- whatever the policy becomes. Locks: none that matter, the table is new. Breaking: no.

CREATE TABLE log_publication (
  -- Of a checkpoint. No foreign key: its check would ask for a right to edit log_checkpoint, which nobody has.
  size         bigint         PRIMARY KEY CHECK (size >= 0),
  published_at timestamptz(3) NOT NULL
);
-- Up to here each checkpoint was shown as soon as it was signed.
INSERT INTO log_publication (size, published_at) SELECT size, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT 1;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_publication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_publication FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON log_publication FROM PUBLIC, CURRENT_USER;
