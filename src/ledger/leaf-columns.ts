import type { Json, JsonObject } from '../core/domain/index.js'
import { searchableWords } from './searchable-words.js'
import { targetTerms } from './target-terms.js'

/** What log_entry repeats of a leaf so that it can be searched. One row of JSON for log_append. */
export interface LeafColumns {
  readonly id: string
  readonly occurred_at: string
  readonly recorded_at: string
  readonly action: string
  readonly category: string
  readonly operation: string
  readonly outcome: string
  readonly severity: number
  readonly actor_type: string
  readonly actor: string | null
  readonly via: string | null
  readonly host: string | null
  readonly account: string | null
  readonly repo_id: number | null
  readonly repo: string | null
  readonly workflow: string | null
  readonly job: string | null
  readonly run_id: number | null
  readonly run_attempt: number | null
  readonly head_sha: string | null
  readonly ref: string | null
  readonly environment: string | null
  readonly source: string
  readonly event: string
  readonly correlation_id: string | null
  readonly flags: readonly string[]
  readonly words: string
}

/** Characters of one column at most: longer names are cut for search, never in the leaf. */
const COLUMN_LIMIT = 1000
const WORDS_LIMIT = 8000
const FLAG_LIMIT = 100
const FAILED = new Set(['failure', 'timeout', 'error'])
/** Acts past a rule that stood in the way, and leave to do so. */
const OVERRIDES = new Set([
  'push_protection.bypassed',
  ...['push_protection_bypass', 'push_ruleset_bypass'].flatMap((request) => [
    `${request}.approved`,
    `${request}.completed`,
  ]),
])
const MAX_INT4 = 2 ** 31 - 1

/**
 * The searchable columns of a leaf. Appending writes them and verifying computes them again, so they are
 * a function of the leaf and of nothing else.
 */
export function leafColumns(leaf: JsonObject): LeafColumns {
  const actor = members(leaf['actor'])
  const source = members(leaf['source'])
  return {
    id: textOr(leaf['id'], ''),
    occurred_at: textOr(leaf['occurred_at'], ''),
    recorded_at: textOr(leaf['recorded_at'], ''),
    action: textOr(leaf['action'], ''),
    category: textOr(leaf['category'], ''),
    operation: textOr(leaf['operation'], ''),
    outcome: textOr(leaf['outcome'], ''),
    severity: integer(leaf['severity']) ?? 0,
    actor_type: textOr(actor['type'], 'unknown'),
    actor: text(actor['subject']),
    via: text(members(leaf['triggering_actor'])['subject']),
    ...placeColumns(members(leaf['repo']), members(leaf['account'])),
    ...ciColumns(members(leaf['ci'])),
    source: textOr(source['kind'], ''),
    event: textOr(source['event'], ''),
    correlation_id: text(leaf['correlation_id']),
    flags: leafFlags(leaf),
    words: leafWords(leaf),
  }
}

function placeColumns(
  repo: JsonObject,
  account: JsonObject,
): Pick<LeafColumns, 'host' | 'account' | 'repo_id' | 'repo'> {
  return {
    host: text(repo['host']) ?? text(account['host']),
    account: text(account['name']),
    repo_id: integer(repo['id']),
    repo: text(repo['name']),
  }
}

function ciColumns(
  ci: JsonObject,
): Pick<
  LeafColumns,
  'workflow' | 'job' | 'run_id' | 'run_attempt' | 'head_sha' | 'ref' | 'environment'
> {
  const attempt = integer(ci['run_attempt'])
  return {
    workflow: text(ci['workflow']) ?? text(ci['workflow_path']),
    job: text(ci['job']),
    run_id: integer(ci['run_id']),
    run_attempt: attempt !== null && Math.abs(attempt) <= MAX_INT4 ? attempt : null,
    head_sha: text(ci['head_sha']),
    ref: text(ci['ref']),
    environment: text(ci['environment']),
  }
}

/** The `is:` and `has:` facts of an entry, and what it is about, from what its leaf says. */
function leafFlags(leaf: JsonObject): string[] {
  const flags = new Set([...targetTerms(leaf), ...labelFlags(members(leaf['labels']))])
  const actorType = members(leaf['actor'])['type']
  if (actorType === 'user') flags.add('human')
  if (actorType === 'bot' || actorType === 'app') flags.add('bot')
  if (members(leaf['attribution'])['confidence'] === 'unknown') flags.add('unattributed')
  if (FAILED.has(textOr(leaf['outcome'], ''))) flags.add('failed')
  if (OVERRIDES.has(textOr(leaf['action'], ''))) flags.add('override')
  if (list(leaf['changes']).length > 0) flags.add('has:diff')
  if (leaf['reason'] !== undefined) flags.add('has:reason')
  return [...flags].sort()
}

/** Labels that hold are facts, by their names. */
function labelFlags(labels: JsonObject): string[] {
  const held = Object.keys(labels).filter((name) => labels[name] === true)
  return held.map((name) => column(name).slice(0, FLAG_LIMIT).toWellFormed())
}

/** What free words find in a leaf; sealed text is elsewhere, because it can be erased. */
function leafWords(leaf: JsonObject): string {
  const ci = members(leaf['ci'])
  const words = [
    leaf['action'],
    members(leaf['repo'])['name'],
    members(leaf['account'])['name'],
    ...list(leaf['targets']).flatMap((target) => [
      members(target)['type'],
      members(target)['name'],
    ]),
    ...list(leaf['changes']).map((change) => members(change)['path']),
    ...['workflow', 'workflow_path', 'job', 'ref', 'head_sha', 'environment', 'event'].map(
      (key) => ci[key],
    ),
  ]
  const texts = words.filter((word) => typeof word === 'string')
  return searchableWords(texts, WORDS_LIMIT)
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? column(value) : null
}

function textOr(value: Json | undefined, otherwise: string): string {
  return text(value) ?? otherwise
}

function column(value: string): string {
  return value.slice(0, COLUMN_LIMIT).toWellFormed().replaceAll('\0', '\ufffd')
}

function integer(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

function members(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {}
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : []
}
