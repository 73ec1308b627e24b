import type { AuditEntry, EntryDraft, EntryPrincipal, Principal } from '../domain/index.js'

/** What no single delivery says and several together do. */
export interface DerivedFact {
  /** What it is about. The newest fact under a key is the one that holds. */
  readonly key: string
  /** What it comes to: stated again only when this changes. Never a text of somebody's. */
  readonly verdict: string
  readonly draft: EntryDraft
  /** It takes back what was stated before, and is nothing where nothing was. */
  readonly withdraws?: true
}

/** What was derived about something from fewer deliveries does not hold any more. */
export function withdrawn(key: string, about: AuditEntry, method: string): DerivedFact {
  return {
    key,
    verdict: 'withdrawn',
    withdraws: true,
    draft: {
      ...settingOf(about),
      occurred_at: about.occurred_at,
      action: 'derivation.withdrawn',
      outcome: 'success',
      actor: { type: 'system', login: 'hooktrail' },
      attribution: { confidence: 'derived', method },
      targets: [entryTarget(about)],
      labels: { of_seq: about.seq },
    },
  }
}

/** How a match was made, as a label: one candidate and nothing against it, or the likeliest of several. */
export type Confidence = 'high' | 'medium'

/** The person or machine that a random id of the log stands for; without a name if it was erased. */
export type PrincipalOf = (principal: EntryPrincipal) => Principal

/** What an entry and a fact derived from it have in common. */
export function settingOf({
  account,
  repo,
  correlation_id,
}: AuditEntry): Pick<EntryDraft, 'account' | 'repo' | 'correlation_id'> {
  return { account, repo, correlation_id }
}

/** Whether both name the same account, as far as the log knows. */
export function isSameSubject(one: EntryPrincipal, other: EntryPrincipal): boolean {
  return one.subject !== undefined && one.subject === other.subject
}

type Moment = Pick<AuditEntry, 'occurred_at'>

export function secondsBetween(one: Moment, other: Moment): number {
  return Math.abs(Date.parse(one.occurred_at) - Date.parse(other.occurred_at)) / 1000
}

export function entryTarget({ id, action }: AuditEntry): {
  type: string
  id: string
  name: string
} {
  return { type: 'entry', id, name: action }
}
