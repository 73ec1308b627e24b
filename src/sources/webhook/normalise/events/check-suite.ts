import { actionName } from '../action-names.js'
import { actorsOfCheck, outcomeOfCheck, suiteContext } from '../checks.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser } from '../event.js'
import { below, htmlUrl, links } from '../links.js'
import { severityOf } from '../outcome.js'
import { count, integer, LIMITS, object, text } from '../payload.js'

const NAMES = {
  requested: 'check_suite.requested',
  rerequested: 'check_suite.rerequested',
  completed: 'check_suite.completed',
}

/** All checks that one App makes of one commit. */
export const checkSuite: Normaliser = {
  event: 'check_suite',
  normalise(event) {
    const suite = object(event.payload.check_suite)
    const app = object(suite.app)
    const outcome = outcomeOfCheck(event, suite)
    const sha = text(suite.head_sha, LIMITS.sha)
    const entry = draft(event, {
      action: actionName(event, NAMES),
      at: event.action === 'requested' ? [suite.created_at] : [suite.updated_at],
      ...actorsOfCheck(event, 'check_suite', suite),
      outcome,
      severity: severityOf(outcome),
      targets: [{ type: 'check_suite', id: integer(suite.id), name: text(app.name) }],
      ci: suiteContext(event, suite),
      links: links([
        ['commit', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha)],
        ['checks', sha === undefined ? undefined : below(event.repoUrl, 'commit', sha, 'checks')],
        ['app', htmlUrl(app)],
        ['repository', event.repoUrl],
      ]),
      correlation: correlation('check_suite', event.repo, integer(suite.id)),
      labels: {
        conclusion: event.action === 'completed' ? text(suite.conclusion, 40) : undefined,
        app: text(app.slug),
        checks: count(suite.latest_check_runs_count),
        fork: suite.head_branch === null,
      },
    })
    return [entry]
  },
}
