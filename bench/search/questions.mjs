/** What is asked, by kind: values drawn as they occur, so that common ones are asked more often; and some that are rare. */
export const KINDS = {
  'single field': ({ actor, repo, action, sha }, n) =>
    [`actor:${q(actor)}`, `repo:${repo}`, `action:${action}`, `sha:${sha ?? 'abcdef0'}`][n % 4],
  'two fields': ({ actor, repo, action, outcome, env }, n) =>
    [
      `actor:${q(actor)} repo:${repo}`,
      `repo:${repo} action:${action}`,
      `actor:${q(actor)} outcome:failure`,
      `env:${env ?? 'production'} repo:${repo}`,
      `action:${action} outcome:${outcome}`,
    ][n % 5],
  'two common, rarely together': (_, n) =>
    [
      'is:bot action:member.added outcome:failure',
      'action:secret_alert.opened env:*',
      'outcome:failure action:push.created',
      'is:rerun action:branch_protection.edited',
    ][n % 4],
  negation: ({ actor, repo }, n) =>
    [`-actor:${q(actor)}`, `repo:${repo} -is:bot`, `-is:bot is:failed`][n % 3],
  prefix: ({ repo, action }, n) =>
    [
      `repo:${repo.split('/')[0]}/*`,
      `action:${action.split('.')[0]}*`,
      'branch:renovate/*',
      'env:prod*',
    ][n % 4],
  'time range': ({ day, repo }, n) =>
    [`created:${day}`, `created:${day} repo:${repo}`, `created:${day}..* is:failed`][n % 3],
  text: ({ word, repo }, n) =>
    [word, `"${word}"`, `${word} repo:${repo}`, `${repo.split('/')[1]}`][n % 4],
  OR: ({ actor, repo, action }, n) =>
    [
      `actor:${q(actor)} OR repo:${repo}`,
      `(action:${action} OR is:forced) repo:${repo}`,
      'severity:critical OR is:forced',
    ][n % 3],
}

function q(text) {
  return `"${text}"`
}

/** Values of entries that are drawn at random from the whole log. */
export async function drawValues(pool, random, count) {
  const {
    rows: [{ size }],
  } = await pool.query('SELECT size::int FROM log_state')
  const seqs = Array.from({ length: count }, () => random.below(size))
  const { rows } = await pool.query(
    `SELECT s.login AS actor, coalesce(e.repo, 'acme/none') AS repo, e.action, e.outcome, e.environment AS env, left(e.head_sha, 12) AS sha,
       to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
       coalesce((SELECT split_part(trim(o.words), ' ', 2) FROM log_opening o WHERE o.seq = e.seq ORDER BY length(o.words) DESC LIMIT 1), 'deploy') AS word
     FROM log_entry e LEFT JOIN subject s ON s.id = e.actor WHERE e.seq = ANY($1)`,
    [seqs],
  )
  return rows.map((row) => ({ ...row, actor: row.actor ?? 'nobody', word: row.word || 'deploy' }))
}
