-- Pipeline files as they were at commits, so that what a push changed in them can be said (docs/check-run.md).
-- Reason: two new tables; GitHub is asked once for each version, however many reports show it.
-- Locks: none that matter, they are new. Breaking: no.

-- A version of a file, by the SHA that Git has for its content: the same in every repository and commit.
CREATE TABLE file_version (
  host       text           NOT NULL,
  blob_sha   text           NOT NULL,
  content    bytea          NOT NULL,
  fetched_at timestamptz(3) NOT NULL,
  PRIMARY KEY (host, blob_sha)
);

-- Which version a file had at a commit; commits do not change, so neither does this.
CREATE TABLE file_at (
  host       text           NOT NULL,
  repo_id    bigint         NOT NULL,
  commit_sha text           NOT NULL,
  path       text           NOT NULL,
  blob_sha   text,
  -- Why there is no version: 'absent' (no such file there), 'too_large', 'not_a_file'.
  problem    text,
  fetched_at timestamptz(3) NOT NULL,
  PRIMARY KEY (host, repo_id, commit_sha, path),
  CHECK ((blob_sha IS NULL) <> (problem IS NULL))
);
