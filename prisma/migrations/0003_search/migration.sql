-- What searches know in advance (docs/architecture.md, "Search"): the times of blocks, counts, a sample.
-- Reason: first pages, counts and facets in milliseconds on ten million entries. Locks: none that matter, every table is new.
-- Breaking: no. Everything here but the key follows from log_entry and can be made again from it.

-- A whole block of 16,384 entries that has been counted, and between which times its entries happened.
CREATE TABLE log_block (
  block         bigint         PRIMARY KEY,
  occurred_from timestamptz(3) NOT NULL,
  occurred_to   timestamptz(3) NOT NULL
);

-- Entries of counted blocks by field and value, in each hour, day and month of UTC. The field '' counts all.
CREATE TABLE log_count (
  span    text           NOT NULL CHECK (span IN ('hour', 'day', 'month')),
  field   text           NOT NULL,
  since   timestamptz(3) NOT NULL,
  value   text           NOT NULL,
  entries bigint         NOT NULL,
  PRIMARY KEY (span, field, since, value)
);

-- One entry of 64 of counted blocks, without its leaf: what estimates are made from. The hash keeps it from following the
-- rhythm of what is recorded.
CREATE TABLE log_sample (LIKE log_entry);
ALTER TABLE log_sample DROP COLUMN leaf, DROP COLUMN leaf_hash, DROP COLUMN delivery, ADD PRIMARY KEY (seq);

-- One row: the key of this log's cursors (HMAC-SHA-256), made here so that all replicas share it.
CREATE TABLE search_key (
  id  boolean PRIMARY KEY DEFAULT true CHECK (id),
  key bytea   NOT NULL CHECK (octet_length(key) = 32)
);
INSERT INTO search_key (key) VALUES (sha256(decode(replace(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')));

-- Counts the next whole block that nobody counted; returns false when there is none. Two who count at once wait for each other.
CREATE FUNCTION log_count_block() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  next bigint;
BEGIN
  LOCK TABLE log_block IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(block), -1) + 1 INTO next FROM log_block;
  IF (next + 1) << 14 > (SELECT size FROM log_state) THEN
    RETURN false;
  END IF;

  INSERT INTO log_block
  SELECT next, min(occurred_at), max(occurred_at) FROM log_entry WHERE seq >= next << 14 AND seq < (next + 1) << 14;

  WITH hours AS MATERIALIZED (
    SELECT f.field, f.value, e.hour, count(*) AS entries
    FROM (
      SELECT *, date_trunc('hour', occurred_at AT TIME ZONE 'UTC') AS hour
      FROM log_entry WHERE seq >= next << 14 AND seq < (next + 1) << 14
    ) e, LATERAL (VALUES ('', ''), ('action', e.action), ('category', e.category), ('outcome', e.outcome),
      ('severity', e.severity::text), ('actor', e.actor::text), ('repo', e.repo), ('workflow', e.workflow),
      ('env', e.environment), ('source', e.source)) AS f(field, value)
    WHERE f.value IS NOT NULL
    GROUP BY 1, 2, 3
  )
  INSERT INTO log_count (span, field, since, value, entries)
  SELECT s.span, field, date_trunc(s.span, hour) AT TIME ZONE 'UTC', value, sum(entries)
  FROM hours, (VALUES ('hour'), ('day'), ('month')) AS s(span)
  WHERE s.span <> 'hour' OR field IN ('', 'category', 'outcome', 'severity')
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (span, field, since, value) DO UPDATE SET entries = log_count.entries + excluded.entries;

  INSERT INTO log_sample
  SELECT seq, id, occurred_at, recorded_at, action, category, operation, outcome, severity, actor_type, actor, via, host, account,
    repo_id, repo, workflow, job, run_id, run_attempt, head_sha, ref, environment, source, event, correlation_id, flags, words
  FROM log_entry WHERE seq >= next << 14 AND seq < (next + 1) << 14 AND hashint8(seq) & 63 = 0;
  RETURN true;
END
$$;
