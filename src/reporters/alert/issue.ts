import { createHash } from 'node:crypto'

import type { AlertReport } from '../../core/domain/index.js'
import { GitHubError, type GitHub, type Octokit, type ReactionStore } from '../../platform/index.js'
import { skipped, skippedBecause, type Skipped } from '../skipped.js'
import { issueBody, issueTitle } from './prose.js'

export interface IssueWritten {
  readonly outcome: 'created' | 'updated' | 'reopened' | 'unchanged'
  readonly number: number
  readonly url: string | undefined
}

const ISSUE_LABEL = 'hooktrail'

/** Pages of issues with our label that are looked through for one that a lost answer made. */
const MOST_PAGES = 10

/** What is read of an issue. */
interface Issue {
  readonly number: number
  readonly state: string
  readonly html_url: string
  readonly body?: string | null | undefined
}

interface Place {
  readonly octokit: Octokit
  readonly owner: string
  readonly repo: string
  readonly botLogin: string
}

interface Content {
  readonly marker: string
  readonly title: string
  readonly body: string
  readonly contentSha256: string
}

/** One issue for each key of a finding: never doubled, opened again when the same thing happens again. */
export async function reportIssue(
  alert: AlertReport,
  options: { readonly github: GitHub; readonly reactions: ReactionStore },
): Promise<IssueWritten | Skipped> {
  try {
    return await write(alert, options)
  } catch (error) {
    return skippedBecause(error)
  }
}

async function write(
  alert: AlertReport,
  { github, reactions }: { readonly github: GitHub; readonly reactions: ReactionStore },
): Promise<IssueWritten | Skipped> {
  const key = `alert-issue:${alert.finding.key}`
  const content = contentOf(alert)
  const { contentSha256 } = content
  const known = await reactions.get(key)
  if (known?.remoteId !== undefined && known.contentSha256 === contentSha256) {
    return { outcome: 'unchanged', number: known.remoteId, url: known.url }
  }
  const { octokit, permissions } = await github.installation(alert.repo.installationId)
  if (permissions['issues'] !== 'write') return skipped('no_permission')
  const [owner = '', repo = ''] = alert.repo.name.split('/')
  const { slug } = await github.ownApp()
  const place = { octokit, owner, repo, botLogin: `${slug}[bot]` }
  const there = (await remembered(place, known?.remoteId)) ?? (await find(place, content.marker))
  const written = there ? await update(place, there, content) : await create(place, content)
  await reactions.put(key, 'alert_issue', {
    remoteId: written.number,
    url: written.url,
    contentSha256,
  })
  return written
}

/** The marker names the finding, the hash after it says which text the issue has now. */
function contentOf(alert: AlertReport): Content {
  const title = issueTitle(alert)
  const contentSha256 = sha256(`${title}\n${issueBody(alert, '')}`)
  const marker = `<!-- hooktrail:${sha256(alert.finding.key).slice(0, 32)} `
  return { marker, title, contentSha256, body: issueBody(alert, `${marker}${contentSha256} -->`) }
}

async function remembered(place: Place, number: number | undefined): Promise<Issue | undefined> {
  if (number === undefined) return undefined
  try {
    const { octokit, owner, repo } = place
    const { data } = await octokit.rest.issues.get({ owner, repo, issue_number: number })
    return data
  } catch (error) {
    // Deleted or moved to another repository. Issues that are switched off answer 410 to the list as well.
    if (error instanceof GitHubError && ['not_found', 'gone'].includes(error.code)) return undefined
    throw error
  }
}

/** Ours by marker and author: others could copy the marker to have us write into their issue. */
async function find(
  { octokit, owner, repo, botLogin }: Place,
  marker: string,
): Promise<Issue | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
    owner,
    repo,
    labels: ISSUE_LABEL,
    state: 'all',
    per_page: 100,
  })
  let page = 0
  for await (const { data } of pages) {
    const found = data.find((one) => one.user?.login === botLogin && one.body?.startsWith(marker))
    if (found) return found
    page += 1
    if (page === MOST_PAGES) break
  }
  return undefined
}

async function update(place: Place, issue: Issue, content: Content): Promise<IssueWritten> {
  const { number, html_url: url } = issue
  // An answer was lost: the issue says this already, and if it is closed, somebody closed it since.
  if (issue.body?.includes(content.contentSha256)) return { outcome: 'unchanged', number, url }
  const { octokit, owner, repo } = place
  const isClosed = issue.state === 'closed'
  const { data } = await octokit.rest.issues.update({
    owner,
    repo,
    issue_number: number,
    title: content.title,
    body: content.body,
    ...(isClosed && { state: 'open', state_reason: 'reopened' }),
  })
  return { outcome: isClosed ? 'reopened' : 'updated', number, url: data.html_url }
}

async function create({ octokit, owner, repo }: Place, content: Content): Promise<IssueWritten> {
  const { data } = await octokit.rest.issues.create({
    owner,
    repo,
    title: content.title,
    body: content.body,
    labels: [ISSUE_LABEL],
    // A second try within the client would open a second issue if only the answer was lost.
    request: { retries: 0 },
  })
  return { outcome: 'created', number: data.number, url: data.html_url }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
