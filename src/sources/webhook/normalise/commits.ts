import {
  personal,
  type DraftTarget,
  type Json,
  type JsonObject,
} from '../../../core/domain/index.js'
import { page } from './links.js'
import { firstLine, LIMITS, object, text } from './payload.js'

const MOST_COMMITS = 20
const MOST_AUTHORS = 20

/** The markers in a commit message that keep GitHub Actions from running. */
const SKIP_CI =
  /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|\n\nskip-checks: ?true\s*$/i

/** GitHub looks at the head commit's message only. */
export function isSkippingCi(message: unknown): boolean {
  return typeof message === 'string' && SKIP_CI.test(message)
}

/** What a commit's message says that the commit is. Git's and GitHub's own wording; anybody can write it. */
export interface MessageFacts {
  /** The commit that is taken back. */
  readonly reverts?: string | undefined
  readonly revert: boolean
  readonly merge: boolean
  /** The number that GitHub writes into the message when it merges a pull request. */
  readonly pull_request?: number | undefined
}

const REVERT = /^(?:Revert "|revert(?:\([^)\n]{0,100}\))?:\s)/
const REVERTED = /^This reverts (?:merge )?commit ([0-9a-f]{7,64})\b/m
const MERGE = /^Merge (?:pull request #(\d{1,9}) |(?:remote-tracking )?branch(?:es)? |tag |commit )/
const SQUASHED = /^[^\n]*\(#(\d{1,9})\)[ \t]*(?:\r?\n|$)/
/** Messages may be megabytes; what is looked for stands at the beginning. */
const LONGEST_READ = 5000

/** Told by the head commit's message alone, as Git and GitHub write it. */
export function messageFacts(message: unknown): MessageFacts {
  const text = typeof message === 'string' ? message.slice(0, LONGEST_READ) : ''
  const reverted = REVERTED.exec(text)?.[1]
  const merge = MERGE.exec(text)
  const pull = merge?.[1] ?? SQUASHED.exec(text)?.[1]
  return {
    revert: reverted !== undefined || REVERT.test(text),
    reverts: reverted,
    merge: merge !== null,
    pull_request: pull === undefined ? undefined : Number(pull),
  }
}

export function commitsOf(list: readonly Json[]): JsonObject[] {
  return list.map(object)
}

/** The newest commits with the first lines of their messages; `labels.commits` counts all. */
export function commitTargets(commits: readonly JsonObject[]): DraftTarget[] {
  return commits.slice(-MOST_COMMITS).map((commit) => {
    const line = firstLine(commit.message)
    const name = line === undefined ? undefined : personal(line, authorOf(commit))
    return { type: 'commit', id: text(commit.id, LIMITS.sha), name, url: page(commit.url) }
  })
}

/**
 * Who the commits say wrote them. Anybody can write any name into a commit: these are texts, sealed, and never
 * actors.
 */
export function authorsOf(commits: readonly JsonObject[]): DraftTarget[] {
  const found = new Map<string, DraftTarget>()
  for (const commit of commits) {
    const written = signature(object(commit.author))
    if (written === undefined || found.has(written)) continue
    found.set(written, { type: 'commit_author', name: personal(written, authorOf(commit)) })
    if (found.size === MOST_AUTHORS) break
  }
  return [...found.values()]
}

function signature(author: JsonObject): string | undefined {
  const [name, email] = [text(author.name), text(author.email)]
  if (email === undefined) return name
  return name === undefined ? `<${email}>` : `${name} <${email}>`
}

/** The account that GitHub matched to the e-mail address: whose text it is, should they ask for erasure. */
function authorOf(commit: JsonObject): { type: 'user'; login: string } | undefined {
  const login = text(object(commit.author).username)
  return login === undefined ? undefined : { type: 'user', login }
}
