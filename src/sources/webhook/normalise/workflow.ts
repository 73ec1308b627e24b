import type { HostedName, JsonObject } from '../../../core/domain/index.js'
import { integer, LIMITS, list, object, text } from './payload.js'

const MOST_PULL_REQUESTS = 20

/** Events whose runs always stand on a branch; others (push, dispatch) may stand on a tag. */
const ON_A_BRANCH = new Set(['merge_group', 'schedule', 'issues', 'issue_comment', 'workflow_run'])

/**
 * `.github/workflows/ci.yml` from any of the forms that GitHub has sent: with the repository in front, with
 * `@ref` behind.
 */
export function workflowPath(value: unknown): string | undefined {
  const path = text(value, LIMITS.path)
  if (path === undefined) return undefined
  const start = path.indexOf('.github/workflows/')
  return (start > 0 ? path.slice(start) : path).replace(/@.*$/, '')
}

/**
 * The full ref if the payload tells a branch from a tag, otherwise the short name as it stands there:
 * `head_branch` holds both.
 */
export function refOf(run: JsonObject): string | undefined {
  const branch = text(run.head_branch)
  if (branch === undefined) return undefined
  // The workflow file's own ref, which need not be the head's.
  const full = /@(refs\/(?:heads|tags)\/.+)$/.exec(text(run.path, LIMITS.path) ?? '')?.[1]
  if (full?.endsWith(`/${branch}`) === true) return full
  const event = text(run.event) ?? ''
  if (event === 'release') return `refs/tags/${branch}`
  return event.startsWith('pull_request') || ON_A_BRANCH.has(event)
    ? `refs/heads/${branch}`
    : branch
}

/** Numbers of the open pull requests of this repository whose head this is; GitHub lists none for forks. */
export function pullRequestsOf(
  value: unknown,
  repo: HostedName | undefined,
): readonly number[] | undefined {
  const found: number[] = []
  for (const one of list(value).slice(0, MOST_PULL_REQUESTS)) {
    const { number, base } = object(one)
    const id = integer(number)
    if (id !== undefined && isOf(object(base), repo)) found.push(id)
  }
  return found.length > 0 ? found : undefined
}

/** A pull request of another repository (the fork's own) has another repository as its base. */
function isOf(base: JsonObject, repo: HostedName | undefined): boolean {
  const id = integer(object(base.repo).id)
  return id === undefined || repo === undefined || id === repo.id
}
