import type { AuditEntry, EntryPrincipal } from '../../src/core/domain/index.js'
import type { Query, Range, RangeField, TextField, TextMatch } from '../../src/core/search/index.js'

/** What a query means, said again in the plainest way: over entries in memory, without an index. */
function naiveMatch(query: Query, entry: AuditEntry, all: readonly AuditEntry[]): boolean {
  switch (query.kind) {
    case 'and':
      return query.terms.every((term) => naiveMatch(term, entry, all))
    case 'or':
      return query.terms.some((term) => naiveMatch(term, entry, all))
    case 'not':
      return !naiveMatch(query.term, entry, all)
    case 'words':
      return textsOf(entry).some((text) => spaced(text).includes(spaced(query.text).trimEnd()))
    case 'flag':
      return query.any.some((name) =>
        flag(query.field === 'has' ? `has:${name}` : name, entry, all),
      )
    case 'text':
      return query.any.some((one) => TEXTS[query.field]?.(entry).some((text) => same(text, one)))
    case 'range':
      return query.any.some((range) => within(NUMBERS[query.field]?.(entry), range))
  }
}

/** Newest first, as searches answer. */
export function naiveSearch(query: Query, entries: readonly AuditEntry[]): number[] {
  return entries
    .filter((entry) => naiveMatch(query, entry, entries))
    .toSorted((one, other) =>
      one.occurred_at === other.occurred_at
        ? other.seq - one.seq
        : one.occurred_at < other.occurred_at
          ? 1
          : -1,
    )
    .map(({ seq }) => seq)
}

const TEXTS: Partial<Record<TextField, (entry: AuditEntry) => string[]>> = {
  action: ({ action }) => [action],
  category: ({ category }) => [category],
  operation: ({ operation }) => [operation],
  outcome: ({ outcome }) => [outcome],
  actor: ({ actor }) => folded(actor.login),
  actor_type: ({ actor }) => [actor.type],
  via: (entry) => folded(entry.triggering_actor?.login),
  repo: ({ repo }) => folded(repo?.name),
  org: ({ account }) => folded(account?.name),
  workflow: ({ ci }) => folded(ci?.workflow),
  job: ({ ci }) => folded(ci?.job),
  sha: ({ ci }) => given(ci?.head_sha),
  ref: ({ ci }) => given(ci?.ref),
  branch: ({ ci }) => short('refs/heads/', ci?.ref),
  tag: ({ ci }) => short('refs/tags/', ci?.ref),
  env: ({ ci }) => folded(ci?.environment),
  pr: (entry) => about(entry, 'pull_request'),
  secret: (entry) => about(entry, 'secret', 'variable', 'secret_scanning_alert'),
  artifact: (entry) => about(entry, 'artifact', 'package'),
  target: (entry) =>
    named(entry).flatMap(([type, name]) => (KEYED.has(type) ? [] : folded(`${type}:${name}`))),
  source: ({ source }) => [source.kind],
}

const NUMBERS: Partial<Record<RangeField, (entry: AuditEntry) => number | undefined>> = {
  severity: ({ severity }) => severity,
  attempt: ({ ci }) => ci?.run_attempt,
  run: ({ ci }) => ci?.run_id,
  seq: ({ seq }) => seq,
  created: (entry) => Date.parse(entry.occurred_at),
}

function within(value: number | undefined, { from = -Infinity, to = Infinity }: Range): boolean {
  return value !== undefined && value >= from && value <= to
}

/** Texts are folded where the field is: then the other side is, too. */
function same(text: string, { match, text: wanted }: TextMatch): boolean {
  const isFolded = text.startsWith(FOLDED)
  const [one, other] = isFolded ? [text.slice(1), wanted.toLowerCase()] : [text, wanted]
  return match === 'equals' ? one === other : one.startsWith(other)
}

const FOLDED = '\u0001'

function folded(text: string | null | undefined): string[] {
  return text === null || text === undefined ? [] : [FOLDED + text.toLowerCase()]
}

function given(text: string | undefined): string[] {
  return text === undefined ? [] : [text]
}

/** Have keys of their own. */
const KEYED = new Set(['workflow_run', 'branch'])

function about(entry: AuditEntry, ...types: string[]): string[] {
  return named(entry).flatMap(([type, name]) => (types.includes(type) ? folded(name) : []))
}

/** What an entry is about that is no secret of anybody's: milestones have titles that people wrote. */
function named({ targets, ci = {} }: AuditEntry): [string, string][] {
  const { pull_requests: pulls = [], artifacts = [] } = ci
  const pairs = [
    ...targets.flatMap(({ type, id, name }) => [
      [type, id],
      [type, type === 'milestone' ? undefined : name],
    ]),
    ...pulls.map((number) => ['pull_request', number]),
    ...artifacts.flatMap(({ name, digest }) => [
      ['artifact', name],
      ['artifact', digest],
    ]),
  ]
  return pairs.flatMap(([type, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[String(type), String(value)]],
  )
}

function short(space: string, ref: string | undefined): string[] {
  if (ref === undefined) return []
  if (ref.startsWith(space)) return [ref.slice(space.length)]
  return ref.startsWith('refs/') ? [] : [ref]
}

function isApproved(entry: AuditEntry, all: readonly AuditEntry[]): boolean {
  if (entry.category !== 'deployment') return false
  return all.some(
    (other) =>
      other.action === 'deployment.approved' &&
      other.repo?.host === entry.repo?.host &&
      isSameAttempt(entry.ci, other.ci) &&
      environments(other).includes(entry.ci?.environment?.toLowerCase() ?? ''),
  )
}

function isSameAttempt(one: AuditEntry['ci'] = {}, other: AuditEntry['ci'] = {}): boolean {
  const [attempt, another] = [one.run_attempt, other.run_attempt]
  const isKnown = attempt !== undefined && another !== undefined
  return (
    one.run_id !== undefined && one.run_id === other.run_id && (!isKnown || attempt === another)
  )
}

function environments({ ci, targets }: AuditEntry): (string | undefined)[] {
  const named = targets.map(({ type, name }) => (type === 'environment' ? name : undefined))
  return [ci?.environment, ...named].map((name) => name?.toLowerCase())
}

function flag(name: string, entry: AuditEntry, all: readonly AuditEntry[]): boolean {
  if (name === 'has:approval') return isApproved(entry, all)
  const { actor, outcome, labels = {}, changes = [], attribution } = entry
  const facts: Record<string, boolean> = {
    human: actor.type === 'user',
    bot: actor.type === 'bot' || actor.type === 'app',
    unattributed: attribution.confidence === 'unknown',
    failed: ['failure', 'timeout', 'error'].includes(outcome),
    'has:diff': changes.length > 0,
    'has:reason': entry.reason !== undefined,
    override: ['push_protection.bypassed', 'push_ruleset_bypass.approved'].includes(entry.action),
  }
  return facts[name] ?? labels[name] === true
}

function textsOf(entry: AuditEntry): string[] {
  const { ci, actor, triggering_actor: via } = entry
  const ciTexts = [
    'workflow',
    'workflow_path',
    'job',
    'ref',
    'head_sha',
    'environment',
    'event',
    'title',
  ] as const
  return [
    entry.action,
    entry.repo?.name,
    entry.account?.name,
    ...entry.targets.flatMap(({ type, name }) => [type, name]),
    ...(entry.changes ?? []).flatMap(({ path }) => [path]),
    ...ciTexts.map((key) => ci?.[key]),
    ...names(actor),
    ...(via ? names(via) : []),
    entry.reason,
  ].filter((text) => typeof text === 'string')
}

function names({ login, display }: EntryPrincipal): (string | null | undefined)[] {
  return [login, display]
}

/** ` src auth login ts `: the words with a space on each side. */
function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `
}
