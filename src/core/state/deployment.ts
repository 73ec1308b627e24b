import {
  groupBy,
  type Attribution,
  type AuditEntry,
  type EntryPrincipal,
  type HostedName,
  type Outcome,
} from '../domain/index.js'
import { byKey, hostOf, inTime, labelText, lastSaid, linkOf, targetId } from './order.js'
import { foldReviews, type DeploymentReview } from './reviews.js'
import { standings, type Standing } from './standing.js'

/** A deployment: who sent which commit where, who let them, and whether it is what is there now. */
export interface DeploymentState extends Standing {
  readonly host: string
  readonly id: number
  readonly repo?: HostedName | undefined
  readonly environment?: string | undefined
  readonly sha?: string | undefined
  readonly ref?: string | undefined
  readonly task?: string | undefined
  readonly production: boolean
  readonly runId?: number | undefined
  readonly runAttempt?: number | undefined
  readonly workflow?: string | undefined
  /** Who made it; `unknown` while only its statuses have arrived. */
  readonly actor: EntryPrincipal
  readonly onBehalfOf: readonly EntryPrincipal[]
  readonly attribution: Attribution
  readonly createdAt?: string | undefined
  /** `null` if it was erased. */
  readonly description?: string | null | undefined
  /** GitHub's word for where it is: `created` before any status, then the newest status's. */
  readonly state: string
  readonly outcome: Outcome
  /** Each status, in the order of time. */
  readonly statuses: readonly DeploymentStatus[]
  /** Of the same attempt and environment. */
  readonly reviews: readonly DeploymentReview[]
  readonly url?: string | undefined
}

export interface DeploymentStatus {
  readonly state: string
  readonly outcome: Outcome
  readonly at: string
  readonly actor: EntryPrincipal
  readonly description?: string | null | undefined
  readonly url?: string | undefined
}

const CREATED = 'deployment.created'
const STATUS = 'deployment.status_changed'
const OF_DEPLOYMENT = new Set([CREATED, STATUS, 'deployment.gate_requested'])

/**
 * Every deployment that the entries tell of, by host and id. What stands in an environment is judged from these entries:
 * they must hold what succeeded there after the one that is asked about.
 */
export function foldDeployments(entries: readonly AuditEntry[]): DeploymentState[] {
  const own = entries.filter(
    (entry) => OF_DEPLOYMENT.has(entry.action) && typeof idOf(entry) === 'number',
  )
  const reviews = groupBy(
    foldReviewsByHost(entries),
    ({ host, review }) => `${host} ${String(review.runId)}`,
  )
  const found = [...groupBy(own, (entry) => `${hostOf(entry)} ${String(idOf(entry))}`).values()]
    .map(foldDeployment)
    .map((one) => ({ ...one, reviews: reviewsOf(one, reviews) }))
    .sort(byKey)
  const standing = standings(found, entries)
  return found.map((one, index) => ({ ...one, ...standing[index] }))
}

type Unjudged = Omit<DeploymentState, keyof Standing>

function foldDeployment(entries: readonly AuditEntry[]): Omit<Unjudged, 'reviews'> {
  const ordered = inTime(entries, rankOf)
  const created = ordered.find(({ action }) => action === CREATED)
  const statuses = statusesOf(ordered)
  const newest = statuses.at(-1)
  return {
    host: ordered[0] ? hostOf(ordered[0]) : '',
    id: Number(ordered[0] && idOf(ordered[0])),
    repo: lastSaid(ordered, ({ repo }) => repo),
    ...whatOf(ordered),
    ...(created ? whoOf(created) : UNSEEN),
    createdAt: created?.occurred_at,
    description: created?.reason,
    state: newest?.state ?? 'created',
    outcome: newest?.outcome ?? 'pending',
    statuses,
    url: lastSaid(ordered, (entry) => linkOf(entry, 'environment')),
  }
}

type What =
  'environment' | 'sha' | 'ref' | 'task' | 'production' | 'runId' | 'runAttempt' | 'workflow'

function whatOf(ordered: readonly AuditEntry[]): Pick<DeploymentState, What> {
  return {
    environment: lastSaid(ordered, ({ ci }) => ci?.environment),
    sha: lastSaid(ordered, ({ ci }) => ci?.head_sha),
    ref: lastSaid(ordered, ({ ci }) => ci?.ref),
    task: lastSaid(ordered, (entry) => labelText(entry, 'task')),
    production: ordered.some(({ labels }) => labels?.['production'] === true),
    runId: lastSaid(ordered, ({ ci }) => ci?.run_id),
    runAttempt: lastSaid(ordered, ({ ci }) => ci?.run_attempt),
    workflow: lastSaid(ordered, ({ ci }) => ci?.workflow),
  }
}

function whoOf({
  actor,
  on_behalf_of: onBehalfOf = [],
  attribution,
}: AuditEntry): Pick<DeploymentState, 'actor' | 'onBehalfOf' | 'attribution'> {
  return { actor, onBehalfOf, attribution }
}

const UNSEEN = {
  actor: { type: 'unknown' },
  onBehalfOf: [],
  attribution: {
    confidence: 'unknown',
    method: 'the delivery of its creation has not arrived, only what followed',
  },
} as const

function statusesOf(ordered: readonly AuditEntry[]): DeploymentStatus[] {
  const statuses = ordered.filter(({ action }) => action === STATUS)
  const once = groupBy(statuses, (entry) => targetId(entry, 'deployment_status') ?? entry.id)
  return [...once.values()].flatMap(([entry]) => (entry ? [statusOf(entry)] : []))
}

function statusOf(entry: AuditEntry): DeploymentStatus {
  return {
    state: stateOf(entry) ?? 'unknown',
    outcome: entry.outcome,
    at: entry.occurred_at,
    actor: entry.actor,
    description: entry.reason,
    url: linkOf(entry, 'log'),
  }
}

function stateOf(entry: AuditEntry): string | undefined {
  return labelText(entry, 'state')
}

const STATES = [
  'waiting',
  'queued',
  'pending',
  'in_progress',
  'success',
  'failure',
  'error',
  'inactive',
]

function rankOf(entry: AuditEntry): number {
  return entry.action === STATUS ? 1 + STATES.indexOf(stateOf(entry) ?? '') : 0
}

function idOf(entry: AuditEntry): number | string | undefined {
  return targetId(entry, 'deployment')
}

interface HostedReview {
  readonly host: string
  readonly review: DeploymentReview
}

function foldReviewsByHost(entries: readonly AuditEntry[]): HostedReview[] {
  return [...groupBy(entries, hostOf)].flatMap(([host, ofHost]) =>
    foldReviews(ofHost).map((review) => ({ host, review })),
  )
}

function reviewsOf(
  { host, runId, runAttempt, environment }: Omit<Unjudged, 'reviews'>,
  reviews: ReadonlyMap<string, readonly HostedReview[]>,
): DeploymentReview[] {
  if (runId === undefined || environment === undefined) return []
  const ofRun = reviews.get(`${host} ${String(runId)}`) ?? []
  return ofRun
    .map(({ review }) => review)
    .filter(({ attempt, environments }) => {
      return attempt === (runAttempt ?? attempt) && environments.includes(environment)
    })
}
