import type { App } from '../app.js'
import type { CheckRun, GitHubState, Repository } from '../state.js'
import { appView } from './app.js'
import { nodeId, repositoryApi, repositoryPage, timeOrNull, type View } from './links.js'
import { minimalPullView } from './pull.js'

/** `check-run`. @param app who made it, if the stand-in knows that App */
export function checkRunView(
  state: GitHubState,
  repository: Repository,
  checkRun: CheckRun,
  app: App | undefined,
): View {
  const self = `${repositoryApi(state, repository)}/check-runs/${String(checkRun.id)}`
  const page = `${repositoryPage(state, repository)}/runs/${String(checkRun.id)}`
  return {
    id: checkRun.id,
    node_id: nodeId('CheckRun', checkRun.id),
    name: checkRun.name,
    head_sha: checkRun.headSha,
    external_id: checkRun.externalId ?? '',
    url: self,
    html_url: page,
    details_url: checkRun.detailsUrl ?? app?.externalUrl ?? page,
    status: checkRun.status,
    conclusion: checkRun.conclusion,
    started_at: timeOrNull(checkRun.startedAt),
    completed_at: timeOrNull(checkRun.completedAt),
    output: {
      ...checkRun.output,
      annotations_count: checkRun.annotations.length,
      annotations_url: `${self}/annotations`,
    },
    check_suite: { id: checkRun.suiteId },
    app: app ? appView(state, app) : null,
    pull_requests: pullsOf(state, repository, checkRun.headSha),
  }
}

function pullsOf(state: GitHubState, repository: Repository, sha: string): object[] {
  const pulls = [...repository.pulls.values()].filter(
    // A fork's pull requests are not named here.
    (pull) => pull.state === 'open' && pull.headSha === sha && pull.headRepository === repository,
  )
  return pulls.map((pull) => minimalPullView(state, repository, pull))
}

/** `check-annotation`. */
export function annotationView(
  state: GitHubState,
  repository: Repository,
  checkRun: CheckRun,
  annotation: CheckRun['annotations'][number],
): View {
  const page = repositoryPage(state, repository)
  return {
    path: annotation.path,
    blob_href: `${page}/blob/${checkRun.headSha}/${annotation.path}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  }
}
