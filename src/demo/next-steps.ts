import { fullName } from './github/index.js'
import type { Facts } from './losses.js'
import { ATTACK, attackCheckRun, attackEntries, attackIssue } from './present.js'
import { derivedOf } from './present-derived.js'
import type { Paints } from './terminal.js'

export interface Running {
  readonly hooktrailUrl: string
  readonly standInUrl: string
  readonly dataDirectory: string
  readonly apiToken: string
}

/** What to try next: commands and addresses that work as they are printed. Long lines stay whole, to be copied. */
export function presentNextSteps(facts: Facts, running: Running, { bold, dim }: Paints): string {
  const checkRun = attackCheckRun(facts)
  const issue = attackIssue(facts)
  const key = attackEntries(facts).find(({ entry }) => entry.action === 'deploy_key.created')
  const dispatched = derivedOf(facts, 'workflow_run.inputs_joined')?.ci?.run_id
  const page = (repository: Parameters<typeof fullName>[0], rest: string): string =>
    `  ${running.standInUrl}/${fullName(repository)}/${rest}`
  const lines = [
    bold('What to try next'),
    dim('Look, in a browser: the stand-in, a check run, an alert'),
    `  ${running.standInUrl}/`,
    ...(checkRun ? [page(checkRun.repository, `runs/${String(checkRun.checkRun.id)}`)] : []),
    ...(issue ? [page(issue.repository, `issues/${String(issue.issue.number)}`)] : []),
    dim('Ask, in another terminal, in this directory'),
    `  export HOOKTRAIL_DATA_DIR=${quoted(running.dataDirectory)}`,
    `  node dist/cli/main.js search 'actor:${ATTACK.actor} severity:>=medium'`,
    ...(key ? [`  node dist/cli/main.js show ${String(key.entry.seq)}`] : []),
    "  node dist/cli/main.js search 'action:workflow_file.*'",
    ...(dispatched === undefined ? [] : [`  node dist/cli/main.js run ${String(dispatched)}`]),
    "  node dist/cli/main.js search 'action:deployment.rolled_back'",
    "  node dist/cli/main.js search 'action:actor.traced'",
    '  node dist/cli/main.js verify',
    dim('Ask over HTTP'),
    `  curl -H 'Authorization: Bearer ${running.apiToken}' \\`,
    `    '${running.hooktrailUrl}/api/v1/entries?query=category:secret&limit=5'`,
  ]
  return lines.join('\n')
}

/** For a shell. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
