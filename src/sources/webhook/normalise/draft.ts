import type {
  CiContext,
  DraftChange,
  DraftTarget,
  EntryDraft,
  Labels,
  Link,
  Outcome,
  Personal,
  Principal,
  Severity,
} from '../../../core/domain/index.js'
import { writingApp } from './app.js'
import type { WebhookEvent } from './event.js'
import { firstInstant } from './time.js'
import { firstWho, type Who } from './who.js'

/** What a normaliser says about one fact; everything else comes from the event. */
export interface Facts {
  readonly action: string
  /** Where the event's own time may stand, best first. None of them: the time of receipt, labelled. */
  readonly at: readonly unknown[]
  /** Default: the sender. */
  readonly who?: Who | undefined
  readonly outcome?: Outcome | undefined
  readonly severity?: Severity | undefined
  readonly triggeringActor?: Principal | undefined
  readonly onBehalfOf?: readonly Principal[] | undefined
  readonly targets: readonly DraftTarget[]
  readonly ci?: CiContext | undefined
  readonly changes?: readonly DraftChange[] | undefined
  readonly snapshot?: EntryDraft['snapshot']
  readonly reason?: Personal | undefined
  readonly links?: readonly Link[] | undefined
  readonly correlation?: string | undefined
  /** Members that are `undefined` or `false` are left out: a label that is there, holds. */
  readonly labels?: Readonly<Record<string, string | number | boolean | undefined>> | undefined
}

export function draft(event: WebhookEvent, facts: Facts): EntryDraft {
  const stated = firstInstant(facts.at)
  const { actor, attribution } = facts.who ?? bySender(event)
  return {
    occurred_at: stated ?? new Date(event.receivedAt).toISOString(),
    action: facts.action,
    outcome: facts.outcome ?? 'success',
    severity: facts.severity,
    actor,
    triggering_actor: facts.triggeringActor,
    on_behalf_of: unlessEmpty(facts.onBehalfOf),
    attribution,
    targets: facts.targets,
    account: event.account,
    repo: event.repo,
    ci: facts.ci,
    changes: unlessEmpty(facts.changes),
    snapshot: facts.snapshot,
    reason: facts.reason,
    links: unlessEmpty(facts.links),
    correlation_id: facts.correlation,
    labels: held({
      ...facts.labels,
      ...writingApp(event),
      time: stated === undefined ? 'received' : undefined,
    }),
  }
}

/** The authenticated account that caused the event, as GitHub says. */
export function bySender(event: WebhookEvent): Who {
  return firstWho([['sender', event.payload.sender]])
}

function unlessEmpty<T>(values: readonly T[] | undefined): readonly T[] | undefined {
  return values && values.length > 0 ? values : undefined
}

function held(
  labels: Readonly<Record<string, string | number | boolean | undefined>>,
): Labels | undefined {
  const kept: Record<string, string | number | boolean> = {}
  let any = false
  for (const [name, value] of Object.entries(labels)) {
    if (value === undefined || value === false) continue
    kept[name] = value
    any = true
  }
  return any ? kept : undefined
}

/** `<kind>:<repo id>/<rest>`: what belongs together; `undefined` if a part is missing. */
export function correlation(
  kind: string,
  repo: { readonly id: number } | undefined,
  rest: string | number | undefined,
): string | undefined {
  return repo === undefined || rest === undefined
    ? undefined
    : `${kind}:${String(repo.id)}/${String(rest)}`
}
