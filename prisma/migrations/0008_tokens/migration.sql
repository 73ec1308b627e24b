-- Tokens of the HTTP API (docs/api.md).
-- Reason: tokens with scopes, limits and an end, which can be revoked. Locks: none that matter, the table is new. Breaking: no.

-- A token itself is shown once and kept nowhere: only its SHA-256, which is enough because it has 256 random bits.
-- Revoked ones stay, so that the list says what was given to whom.
CREATE TABLE api_token (
  id            uuid           PRIMARY KEY,
  sha256        bytea          NOT NULL CHECK (octet_length(sha256) = 32),
  name          text           NOT NULL,
  scopes        text[]         NOT NULL,
  -- Names of organisations and of repositories (owner/name) that it is limited to; both empty: the whole log.
  organisations text[]         NOT NULL,
  repositories  text[]         NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3),
  revoked_at    timestamptz(3),
  -- Written once a minute at most.
  last_used_at  timestamptz(3)
);
CREATE UNIQUE INDEX api_token_sha256_key ON api_token (sha256);
