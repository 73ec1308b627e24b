-- The log, its deliveries and the people in it (docs/architecture.md, "Storage"; design: ledger).
-- Reason: first schema. Locks: none that matter, every table is new. Breaking: no.

-- Facts on their way in. A delivery is known by its first entry, which only it has.
CREATE TABLE delivery (
  first_seq       bigint         PRIMARY KEY,
  entries         integer        NOT NULL CHECK (entries > 0),
  host            text           NOT NULL,
  guid            text           NOT NULL,
  kind            text           NOT NULL,
  event           text           NOT NULL,
  installation_id bigint,
  received_at     timestamptz(3) NOT NULL,
  -- SHA-256 and length in bytes of the body as it came; none for internal facts. Kept for ever.
  body_sha256     bytea          CHECK (octet_length(body_sha256) = 32),
  body_bytes      integer        NOT NULL,
  CONSTRAINT delivery_host_guid_key UNIQUE (host, guid)
);

-- The raw body, raw deflate (RFC 1951), and the headers that matter. Goes after the retention time.
CREATE TABLE delivery_body (
  first_seq   bigint         PRIMARY KEY,
  received_at timestamptz(3) NOT NULL,
  headers     jsonb          NOT NULL,
  body        bytea          NOT NULL
);
-- It comes compressed: do not try again.
ALTER TABLE delivery_body ALTER COLUMN body SET STORAGE EXTERNAL;
-- Most rows fit a page: they stay whole, rather than in pieces in a table of their own.
ALTER TABLE delivery_body SET (toast_tuple_target = 8160);
CREATE INDEX delivery_body_received_at_idx ON delivery_body USING brin (received_at);

-- One row: how many entries the log has, and the hashes of the tree's right edge, 32 bytes each,
-- largest subtree first. Whoever appends holds this row's lock.
CREATE TABLE log_state (
  id       boolean PRIMARY KEY DEFAULT true CHECK (id),
  size     bigint  NOT NULL CHECK (size >= 0),
  frontier bytea   NOT NULL CHECK (octet_length(frontier) % 32 = 0)
);
INSERT INTO log_state (size, frontier) VALUES (0, '');

-- The log itself. What follows leaf_hash repeats parts of the leaf so that they can be searched;
-- `hooktrail verify` compares them with the leaf.
CREATE TABLE log_entry (
  seq            bigint         PRIMARY KEY,
  id             uuid           NOT NULL,
  -- Packed (src/ledger/pack-leaf.ts); the hash is over the canonical JSON.
  leaf           bytea          NOT NULL CHECK (octet_length(leaf) <= 65535),
  leaf_hash      bytea          NOT NULL CHECK (octet_length(leaf_hash) = 32),
  delivery       bigint         NOT NULL,
  occurred_at    timestamptz(3) NOT NULL,
  recorded_at    timestamptz(3) NOT NULL,
  action         text           NOT NULL,
  category       text           NOT NULL,
  operation      text           NOT NULL,
  outcome        text           NOT NULL,
  severity       smallint       NOT NULL CHECK (severity BETWEEN 0 AND 4),
  actor_type     text           NOT NULL,
  actor          uuid,
  via            uuid,
  host           text,
  account        text,
  repo_id        bigint,
  repo           text,
  workflow       text,
  job            text,
  run_id         bigint,
  run_attempt    integer,
  head_sha       text,
  ref            text,
  environment    text,
  source         text           NOT NULL,
  event          text           NOT NULL,
  correlation_id text,
  -- Names of the `is:` and `has:` facts that hold, and `type:id`, `type:name` of targets (src/ledger/target-terms.ts).
  flags          text[]         NOT NULL,
  -- What free words look at, personal text excepted (that is in log_opening.words): lower case, a space before each word, a
  -- line for each text (src/ledger/searchable-words.ts).
  words          text           NOT NULL
);
-- It comes packed: do not try again.
ALTER TABLE log_entry ALTER COLUMN leaf SET STORAGE EXTERNAL;
CREATE UNIQUE INDEX log_entry_id_key ON log_entry (id);
CREATE INDEX log_entry_time_idx ON log_entry (occurred_at, seq);
CREATE INDEX log_entry_repo_idx ON log_entry (repo_id, occurred_at) WHERE repo_id IS NOT NULL;
-- The last green run of a workflow on a branch, which each check run asks for.
CREATE INDEX log_entry_green_idx ON log_entry (repo_id, workflow, ref, occurred_at)
  WHERE action = 'workflow_run.completed' AND outcome = 'success';
-- Whether somebody approved a deployment, which `has:approval` asks.
CREATE INDEX log_entry_approval_idx ON log_entry (run_id) WHERE action = 'deployment.approved';
CREATE INDEX log_entry_run_idx ON log_entry (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX log_entry_sha_idx ON log_entry (head_sha text_pattern_ops) WHERE head_sha IS NOT NULL;

-- One index for all fields and words, 100 bytes an entry: a search meets several of its terms inside of the index. A lexeme is
-- the entry's block (16,384 entries), a letter for the field, and the value, so that a search looks at one block after the
-- other, newest first, and never at all entries with a common value. 300 characters: a lexeme has 2 KB at most.
CREATE FUNCTION log_words(seq bigint, words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN array_to_tsvector(string_to_array(
    (seq >> 14) || replace(translate(words, E'\n', ''), ' ', E'\x01' || (seq >> 14) || 'w'), E'\x01'));
END
$$;
CREATE FUNCTION log_terms(
  seq bigint, words text, action text, category text, operation text, outcome text, severity smallint, actor_type text,
  actor uuid, via uuid, account text, repo text, workflow text, job text, ref text, environment text, source text, event text,
  flags text[]
) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  block text := E'\x01' || (seq >> 14);
BEGIN
  RETURN array_to_tsvector(string_to_array(
    (seq >> 14) || replace(translate(words, E'\n', ''), ' ', block || 'w')
    || block || 'a' || left(action, 300) || block || 'c' || category || block || 'p' || operation
    || block || 'o' || outcome || block || 's' || severity || block || 't' || actor_type
    || block || 'q' || source || block || 'n' || lower(left(event, 300))
    || coalesce(block || 'u' || actor, '') || coalesce(block || 'v' || via, '')
    || coalesce(block || 'g' || lower(left(account, 300)), '') || coalesce(block || 'r' || lower(left(repo, 300)), '')
    || coalesce(block || 'f' || lower(left(workflow, 300)), '') || coalesce(block || 'j' || lower(left(job, 300)), '')
    || coalesce(block || 'b' || left(ref, 300), '') || coalesce(block || 'e' || lower(left(environment, 300)), '')
    || coalesce(block || 'i' || array_to_string(flags, block || 'i'), ''), E'\x01'));
END
$$;
-- One lexeme, or all that begin so, as a question to the two indexes.
CREATE FUNCTION log_term(block bigint, letter text, value text, is_prefix boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN ('''' || replace(replace(block || letter || left(value, 300), E'\\', E'\\\\'), '''', '''''') || ''''
    || CASE WHEN is_prefix THEN ':*' ELSE '' END)::tsquery;
END
$$;
-- New rows wait unsorted in a list, which each search reads: a short one.
CREATE INDEX log_entry_terms_idx ON log_entry USING gin (log_terms(
  seq, words, action, category, operation, outcome, severity, actor_type, actor, via, account, repo, workflow, job, ref,
  environment, source, event, flags)) WITH (gin_pending_list_limit = 256);

-- Hashes of full tiles: (level, index) covers the 256^level leaves from index * 256^level on.
CREATE TABLE log_node (
  level smallint NOT NULL CHECK (level >= 1),
  index bigint   NOT NULL CHECK (index >= 0),
  hash  bytea    NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, index)
);

-- People and machines. A leaf holds only the id; erasing somebody deletes the row.
-- `key` is the source's id, or `login:<login>` where it gave none.
CREATE TABLE subject (
  id         uuid           PRIMARY KEY,
  host       text           NOT NULL,
  type       text           NOT NULL,
  key        text           NOT NULL,
  login      text,
  display    text,
  first_seen timestamptz(3) NOT NULL,
  CONSTRAINT subject_host_type_key_key UNIQUE (host, type, key)
);
CREATE INDEX subject_login_idx ON subject (lower(login));

-- What opens the commitments of an entry, by the person whose text it is (the nil UUID: nobody's).
-- `openings` is JSON in UTF-8: [[pointer, salt, value], …]; JSON text, since jsonb refuses U+0000.
CREATE TABLE log_opening (
  seq      bigint NOT NULL,
  subject  uuid   NOT NULL,
  openings bytea  NOT NULL,
  words    text   NOT NULL,
  PRIMARY KEY (seq, subject)
);
CREATE INDEX log_opening_subject_idx ON log_opening (subject);
CREATE INDEX log_opening_words_idx ON log_opening USING gin (log_words(seq, words)) WITH (gin_pending_list_limit = 256);

-- One row: entries below `size` have been evaluated, and what they call for is queued. A job that is killed loses nothing:
-- the next one begins here.
CREATE TABLE log_evaluation (
  id   boolean PRIMARY KEY DEFAULT true CHECK (id),
  size bigint  NOT NULL CHECK (size >= 0)
);
INSERT INTO log_evaluation (size) VALUES (0);

-- What we wrote elsewhere, so that a retry changes nothing twice. Edited as GitHub changes.
CREATE TABLE reaction (
  key            text           PRIMARY KEY,
  kind           text           NOT NULL,
  remote_id      bigint,
  url            text,
  content_sha256 bytea,
  updated_at     timestamptz(3) NOT NULL
);

-- Append-only, by trigger. Openings and bodies may be deleted (erasure, retention), never edited.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'HT002';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON log_node FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON delivery FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_edit BEFORE UPDATE ON log_opening FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_edit BEFORE UPDATE ON delivery_body FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_removal BEFORE DELETE ON log_state FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_node FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON delivery FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_opening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON log_state FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The size grows and nothing else.
CREATE FUNCTION refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size <= OLD.size THEN
    RAISE EXCEPTION 'the log only grows: size % after % is refused', NEW.size, OLD.size
      USING ERRCODE = 'HT002';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE ON log_state FOR EACH ROW EXECUTE FUNCTION refuse_shrinking();

-- … and by grant, for a role that is no superuser.
REVOKE UPDATE, DELETE, TRUNCATE ON log_entry, log_node, delivery FROM PUBLIC, CURRENT_USER;
REVOKE UPDATE, TRUNCATE ON log_opening, delivery_body FROM PUBLIC, CURRENT_USER;
REVOKE DELETE, TRUNCATE ON log_state FROM PUBLIC, CURRENT_USER;

-- Rows on their way in, as log_append takes them: the leading columns of the tables, in their order. Types of their own, so
-- that a table may gain columns that are not written here.
CREATE TYPE new_delivery AS (
  first_seq bigint, entries integer, host text, guid text, kind text, event text, installation_id bigint,
  received_at timestamptz, body_sha256 bytea, body_bytes integer);
CREATE TYPE new_body AS (first_seq bigint, received_at timestamptz, headers jsonb, body bytea);
CREATE TYPE new_entry AS (
  seq bigint, id uuid, leaf bytea, leaf_hash bytea, delivery bigint, occurred_at timestamptz, recorded_at timestamptz,
  action text, category text, operation text, outcome text, severity smallint, actor_type text, actor uuid, via uuid,
  host text, account text, repo_id bigint, repo text, workflow text, job text, run_id bigint, run_attempt integer,
  head_sha text, ref text, environment text, source text, event text, correlation_id text, flags text[], words text);
CREATE TYPE new_opening AS (seq bigint, subject uuid, openings bytea, words text);
CREATE TYPE new_node AS (level smallint, index bigint, hash bytea);

-- The whole append in one round trip: the batch is durable when this returns, or nothing of it is.
-- Raises HT001 when the log is not at expected_size (another writer was first: read the state, build
-- again) and unique_violation when a delivery is already there. Rows come as arrays in the binary format, which the server
-- reads ten times as fast as JSON.
CREATE FUNCTION log_append(
  expected_size bigint,
  new_size      bigint,
  new_frontier  bytea,
  deliveries    new_delivery[],
  bodies        new_body[],
  entries       new_entry[],
  openings      new_opening[],
  nodes         new_node[]
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE log_state SET size = new_size, frontier = new_frontier WHERE size = expected_size;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the log is not at size %', expected_size USING ERRCODE = 'HT001';
  END IF;

  INSERT INTO delivery SELECT * FROM unnest(deliveries);
  INSERT INTO delivery_body SELECT * FROM unnest(bodies);
  INSERT INTO log_entry SELECT * FROM unnest(entries);
  INSERT INTO log_opening SELECT * FROM unnest(openings);
  INSERT INTO log_node SELECT * FROM unnest(nodes);

  -- At most one such job waits, for a quarter of a second, so that under load one evaluation serves many appends; it goes on
  -- from log_evaluation to the end. If one waits that nobody took yet, it will see this append too: it locks log_state before
  -- it reads the size, and so waits for us. Before reports in the queue: what is found is told soon, however many commits wait.
  IF NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE key = 'evaluate' AND locked_at IS NULL AND attempts = 0) THEN
    PERFORM graphile_worker.add_job(
      'evaluate', queue_name := 'evaluate', job_key := 'evaluate', job_key_mode := 'preserve_run_at', priority := -10,
      run_at := now() + interval '250 milliseconds');
  END IF;
END
$$;
