-- Pipeline files as they were at commits, so that what a push changed in them can be said (docs/check-run.md).
-- Reason: two new tables; GitHub is asked once for each version, however many reports show it. Two indexes for windows.
-- Locks: none that matter for the tables, which are new; writes to log_entry wait while the indexes are built. Breaking: no.

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

-- What can have changed a run from outside its commit, newest first: in a repository, and in its account as a whole. Without
-- these a window without a green run before it is looked for in all entries of the repository. Both indexes are partial.
CREATE INDEX log_entry_change_idx ON log_entry (repo_id, occurred_at)
  WHERE category IN ('pipeline', 'secret', 'security', 'setting', 'access')
    OR action IN ('push.created', 'push.forced', 'branch.created', 'tag.moved', 'deployment.created');
CREATE INDEX log_entry_account_change_idx ON log_entry (account, occurred_at)
  WHERE repo_id IS NULL AND category IN ('pipeline', 'secret', 'security', 'setting', 'access');
