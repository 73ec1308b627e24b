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
-- Searched as the log is; all of it is one block, number 0.
CREATE INDEX log_sample_terms_idx ON log_sample USING gin (log_terms(
  0, words, action, category, operation, outcome, severity, actor_type, actor, via, account, repo, workflow, job, ref,
  environment, source, event, flags)) WITH (gin_pending_list_limit = 256);
CREATE INDEX log_sample_time_idx ON log_sample (occurred_at);
CREATE INDEX log_opening_sample_idx ON log_opening USING gin (log_words(0, words)) WITH (gin_pending_list_limit = 256)
  WHERE hashint8(seq) & 63 = 0;

-- One entry of 16 of the sample: enough for what is common, and read in no time.
CREATE TABLE log_sketch (LIKE log_sample);
ALTER TABLE log_sketch ADD PRIMARY KEY (seq);
CREATE INDEX log_sketch_terms_idx ON log_sketch USING gin (log_terms(
  0, words, action, category, operation, outcome, severity, actor_type, actor, via, account, repo, workflow, job, ref,
  environment, source, event, flags)) WITH (gin_pending_list_limit = 256);
CREATE INDEX log_opening_sketch_idx ON log_opening USING gin (log_words(0, words)) WITH (gin_pending_list_limit = 256)
  WHERE hashint8(seq) & 1023 = 0;

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

  -- Each field once by the smallest span that is kept of it: thousands of groups of 16,384 entries.
  WITH groups AS MATERIALIZED (
    SELECT coalesce(hour, day) AS at, grouping(category, outcome, severity, action, actor, repo, workflow, environment, source) AS set,
      coalesce(category, outcome, severity::text, action, actor::text, repo, workflow, environment, source) AS value,
      count(*) AS entries
    FROM (
      SELECT *, date_trunc('hour', occurred_at AT TIME ZONE 'UTC') AS hour, date_trunc('day', occurred_at AT TIME ZONE 'UTC') AS day
      FROM log_entry WHERE seq >= next << 14 AND seq < (next + 1) << 14
    ) e
    GROUP BY GROUPING SETS ((hour), (hour, category), (hour, outcome), (hour, severity), (day, action), (day, actor), (day, repo),
      (day, workflow), (day, environment), (day, source))
  )
  INSERT INTO log_count (span, field, since, value, entries)
  SELECT s.span, f.field, date_trunc(s.span, g.at) AT TIME ZONE 'UTC', coalesce(g.value, ''), sum(g.entries)
  FROM groups g
  -- A bit for each column that the group is not about.
  JOIN (VALUES (511, ''), (255, 'category'), (383, 'outcome'), (447, 'severity'), (479, 'action'), (495, 'actor'), (503, 'repo'),
    (507, 'workflow'), (509, 'env'), (510, 'source')) AS f(set, field) USING (set)
  CROSS JOIN (VALUES ('hour'), ('day'), ('month')) AS s(span)
  WHERE (g.value IS NOT NULL OR f.field = '') AND (s.span <> 'hour' OR f.field IN ('', 'category', 'outcome', 'severity'))
  GROUP BY 1, 2, 3, 4
  ON CONFLICT (span, field, since, value) DO UPDATE SET entries = log_count.entries + excluded.entries;

  INSERT INTO log_sample
  SELECT seq, id, occurred_at, recorded_at, action, category, operation, outcome, severity, actor_type, actor, via, host, account,
    repo_id, repo, workflow, job, run_id, run_attempt, head_sha, ref, environment, source, event, correlation_id, flags, words
  FROM log_entry WHERE seq >= next << 14 AND seq < (next + 1) << 14 AND hashint8(seq) & 63 = 0;

  INSERT INTO log_sketch
  SELECT * FROM log_sample WHERE seq >= next << 14 AND seq < (next + 1) << 14 AND hashint8(seq) & 1023 = 0;
  RETURN true;
END
$$;
