-- Indexes for state (docs/architecture.md, "State is a fold") and for facts that several deliveries make together.
-- Reason: the entries of one deployment, pull request, ruleset, installation or repository are read each time somebody asks.
-- Locks: writes to log_entry wait while the indexes are built. Breaking: no.

-- What belongs together. Runs have log_entry_run_idx; without builds the index stays a fraction of the log.
CREATE INDEX log_entry_correlation_idx ON log_entry (correlation_id, occurred_at)
  WHERE correlation_id IS NOT NULL AND category <> 'build';
-- What was deployed to an environment, in order.
CREATE INDEX log_entry_environment_idx ON log_entry (repo_id, environment, occurred_at)
  WHERE category = 'deployment' AND environment IS NOT NULL;
-- What bots did beside builds that only ran, and dispatches: evidence that is looked for around every run.
CREATE INDEX log_entry_bot_idx ON log_entry (repo_id, occurred_at)
  WHERE actor_type IN ('bot', 'app') AND (category <> 'build' OR action IN ('workflow.dispatched', 'repository.dispatched'));
CREATE INDEX log_entry_dispatch_idx ON log_entry (repo_id, occurred_at) WHERE action = 'workflow.dispatched';
-- What became of a repository itself: names, owners, visibility, which installation sees it.
CREATE INDEX log_entry_repository_idx ON log_entry (repo_id, occurred_at)
  WHERE action LIKE 'repository.%' OR action LIKE 'installation_repository.%';
-- A deployment by its id alone, which is all that people have in hand: `deployment:<repository>/<id>`. Few entries are of one.
CREATE INDEX log_entry_deployment_idx ON log_entry (split_part(correlation_id, '/', 2))
  WHERE correlation_id LIKE 'deployment:%';
