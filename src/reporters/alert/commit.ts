import type { AlertReport } from '../../core/domain/index.js'
import { GitHubError, type GitHub, type ReactionStore } from '../../platform/index.js'
import { skipped, skippedBecause, type Skipped } from '../skipped.js'

export interface AlertCommit {
  readonly outcome: 'found'
  readonly headSha: string
}

/**
 * The commit whose check run shows the alert: the given one, or the default branch's head. Asked once for
 * each alert and remembered, so that a retry after somebody's push does not show it in two places.
 */
export async function commitOf(
  alert: AlertReport,
  { github, reactions }: { readonly github: GitHub; readonly reactions: ReactionStore },
): Promise<AlertCommit | Skipped> {
  if (alert.headSha !== undefined) return { outcome: 'found', headSha: alert.headSha }
  const key = `alert-commit:${alert.finding.key}:${String(alert.finding.seq)}`
  const remembered = /\/commit\/([0-9a-f]{40,64})$/.exec((await reactions.get(key))?.url ?? '')?.[1]
  if (remembered !== undefined) return { outcome: 'found', headSha: remembered }
  try {
    const headSha = await defaultHead(alert, github)
    await reactions.put(key, 'alert_commit', { url: `${alert.repo.url}/commit/${headSha}` })
    return { outcome: 'found', headSha }
  } catch (error) {
    return isEmpty(error) ? skipped('repository_empty') : skippedBecause(error)
  }
}

async function defaultHead({ repo }: AlertReport, github: GitHub): Promise<string> {
  const { octokit } = await github.installation(repo.installationId)
  const [owner = '', name = ''] = repo.name.split('/')
  const { data } = await octokit.rest.repos.get({ owner, repo: name })
  const { data: head } = await octokit.rest.repos.getCommit({
    owner,
    repo: name,
    // A tag of the same name would be another commit.
    ref: `heads/${data.default_branch}`,
    per_page: 1,
  })
  return head.sha
}

/** GitHub answers 409 for a repository without commits. */
function isEmpty(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 409
}
