import type { CheckRunReport } from '../../core/domain/index.js'
import { GitHubError, type GitHub, type Octokit, type ReactionStore } from '../../platform/index.js'
import { skipped, skippedBecause, type Skipped } from '../skipped.js'
import { fingerprint, renderCheckRun, type CheckRunContent } from './render.js'

interface CheckRunReporterOptions {
  readonly github: GitHub
  readonly reactions: ReactionStore
}

interface CheckRunWritten {
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly checkRunId: number
  readonly url: string | undefined
}

export interface CheckRunReporter {
  /**
   * Keeps one check run named Hooktrail on the report's commit. The same report again changes nothing; a try
   * whose answer was lost is found again by its external id. Two at once for one commit may write twice: the
   * caller works them off one after the other.
   * @throws GitHubError `rate_limited` or `unavailable`, which the caller tries again later
   */
  report(report: CheckRunReport): Promise<CheckRunWritten | Skipped>
}

/** Its name is what people put into branch rules: it never changes. */
const CHECK_RUN_NAME = 'Hooktrail'

export function createCheckRunReporter(options: CheckRunReporterOptions): CheckRunReporter {
  return {
    report: async (report) => {
      try {
        return await write(report, options)
      } catch (error) {
        return skippedBecause(error)
      }
    },
  }
}

async function write(
  report: CheckRunReport,
  { github, reactions }: CheckRunReporterOptions,
): Promise<CheckRunWritten | Skipped> {
  const key = `check-run:${report.repo.host}:${String(report.repo.id)}:${report.headSha}`
  const contentSha256 = fingerprint(report)
  const known = await reactions.get(key)
  if (known?.remoteId !== undefined && known.contentSha256 === contentSha256) {
    return { outcome: 'unchanged', checkRunId: known.remoteId, url: known.url }
  }
  const { octokit, permissions } = await github.installation(report.repo.installationId)
  if (permissions['checks'] !== 'write') return skipped('no_permission')
  const place = placeOf(report, octokit, github.appId)
  const written = await updateOrCreate(place, renderCheckRun(report), known?.remoteId)
  const { checkRunId, url } = written
  await reactions.put(key, 'check_run', { remoteId: checkRunId, url, contentSha256 })
  return written
}

/** Where a check run stands, in GitHub's words. */
interface Place {
  readonly octokit: Octokit
  readonly appId: number
  readonly owner: string
  readonly repo: string
  readonly headSha: string
  readonly externalId: string
  readonly detailsUrl: string | undefined
}

function placeOf(
  { repo, headSha, permalink }: CheckRunReport,
  octokit: Octokit,
  appId: number,
): Place {
  const [owner = '', name = ''] = repo.name.split('/')
  const externalId = `hooktrail:${String(repo.id)}:${headSha}`
  return { octokit, appId, owner, repo: name, headSha, externalId, detailsUrl: permalink }
}

async function updateOrCreate(
  place: Place,
  content: CheckRunContent,
  knownId: number | undefined,
): Promise<CheckRunWritten> {
  if (knownId !== undefined) {
    const updated = await update(place, content, knownId)
    if (updated) return updated
  }
  const foundId = await find(place)
  const updated =
    foundId !== undefined && foundId !== knownId && (await update(place, content, foundId))
  return updated || create(place, content)
}

/** `undefined` when there is no such check run any more. */
async function update(
  { octokit, owner, repo, externalId, detailsUrl }: Place,
  content: CheckRunContent,
  id: number,
): Promise<CheckRunWritten | undefined> {
  try {
    const { data } = await octokit.rest.checks.update({
      owner,
      repo,
      check_run_id: id,
      external_id: externalId,
      ...(detailsUrl !== undefined && { details_url: detailsUrl }),
      ...stateOf(content),
      output: { title: content.title, summary: content.summary, text: content.text },
    })
    // GitHub adds annotations to those that are there, so they are sent once.
    if (content.annotations.length > 0 && data.output.annotations_count === 0) {
      await annotate({ octokit, owner, repo }, content, id)
    }
    return { outcome: 'updated', checkRunId: data.id, url: data.html_url ?? undefined }
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'not_found') return undefined
    throw error
  }
}

/** A check run that was there before a push's files could be read gets its annotations later. */
async function annotate(
  { octokit, owner, repo }: Pick<Place, 'octokit' | 'owner' | 'repo'>,
  { title, summary, text, annotations }: CheckRunContent,
  id: number,
): Promise<void> {
  const output = { title, summary, text, annotations: [...annotations] }
  await octokit.rest.checks.update({ owner, repo, check_run_id: id, output })
}

/** Ours on this commit, if a try before this one wrote it and did not live to remember it. */
async function find({
  octokit,
  appId,
  owner,
  repo,
  headSha,
  externalId,
}: Place): Promise<number | undefined> {
  const { data } = await octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: headSha,
    check_name: CHECK_RUN_NAME,
    app_id: appId,
    filter: 'all',
    per_page: 100,
  })
  return data.check_runs.find((one) => one.external_id === externalId)?.id
}

async function create(place: Place, content: CheckRunContent): Promise<CheckRunWritten> {
  const { octokit, owner, repo, headSha, externalId, detailsUrl } = place
  const { data } = await octokit.rest.checks.create({
    owner,
    repo,
    name: CHECK_RUN_NAME,
    head_sha: headSha,
    external_id: externalId,
    ...(detailsUrl !== undefined && { details_url: detailsUrl }),
    ...stateOf(content),
    output: {
      title: content.title,
      summary: content.summary,
      ...(content.text !== '' && { text: content.text }),
      ...(content.annotations.length > 0 && { annotations: [...content.annotations] }),
    },
    // A second try within the client would write a second check run if only the answer was lost.
    request: { retries: 0 },
  })
  return { outcome: 'created', checkRunId: data.id, url: data.html_url ?? undefined }
}

function stateOf(
  content: CheckRunContent,
): { conclusion: 'success' | 'neutral'; status: 'completed' } | { status: 'in_progress' } {
  return content.conclusion === undefined
    ? { status: 'in_progress' }
    : { status: 'completed', conclusion: content.conclusion }
}
