import type { DerivedFact } from '../../core/derive/index.js'
import type { Delivery, EntryDraft, Finding, HostedName, Link } from '../../core/domain/index.js'

/** A fact that Hooktrail itself states: appended like any other, once under its stable key. */
export interface InternalFact {
  readonly delivery: Delivery
  readonly drafts: readonly EntryDraft[]
}

const HOOKTRAIL = { type: 'system', login: 'hooktrail' } as const

interface FactOptions {
  readonly host: string
  /** The same fact has the same key, however often it is stated. */
  readonly key: string
  readonly event: string
  readonly installationId: number | undefined
  readonly now: number
}

function internalFact(
  { host, key, event, installationId, now }: FactOptions,
  draft: Pick<EntryDraft, 'targets'> & Partial<EntryDraft>,
): InternalFact {
  return {
    delivery: {
      host,
      guid: key,
      event,
      kind: 'internal',
      payload: { installation: { id: installationId } },
      body: new Uint8Array(),
      headers: {},
      receivedAt: now,
    },
    drafts: [
      {
        occurred_at: new Date(now).toISOString(),
        action: event,
        outcome: 'success',
        actor: HOOKTRAIL,
        attribution: { confidence: 'verified', method: 'stated by Hooktrail' },
        ...draft,
      },
    ],
  }
}

export interface OpenedAlert {
  readonly finding: Finding
  readonly repo: HostedName
  readonly account: HostedName | undefined
  readonly installationId: number
  /** The commit that its check run hangs on. */
  readonly headSha: string | undefined
  readonly links: readonly Link[]
}

/** `alert.opened`: somebody was told of a finding. */
export function alertOpened(alert: OpenedAlert, now: number): InternalFact {
  const { finding, repo, account, installationId, headSha, links } = alert
  const key = `alert:${finding.key}:${String(finding.seq)}`
  return internalFact(
    { host: repo.host, key, event: 'alert.opened', installationId, now },
    {
      severity: finding.severity,
      targets: [{ type: 'policy', id: finding.policy, name: finding.title }],
      repo,
      account,
      ci: headSha === undefined ? undefined : { head_sha: headSha },
      links: links.length > 0 ? links : undefined,
      correlation_id: `finding:${finding.key}`,
      labels: { policy: finding.policy, finding_seq: finding.seq, finding: true },
    },
  )
}

/** `delivery.altered`: a known GUID brought another body. */
export function deliveryAltered(
  delivery: Delivery,
  digests: { readonly firstSeq: number; readonly bodySha256: string },
  now: number,
): InternalFact {
  const { host, guid, event } = delivery
  const key = `altered:${guid}:${digests.bodySha256}`
  return internalFact(
    { host, key, event: 'delivery.altered', installationId: undefined, now },
    {
      targets: [{ type: 'delivery', id: guid, name: event }],
      labels: { first_seq: digests.firstSeq, altered_digest: `sha256:${digests.bodySha256}` },
    },
  )
}

/** What several deliveries together say, under the key of this statement of it. */
export function derivedFact(
  { verdict, draft }: DerivedFact,
  statement: {
    readonly key: string
    readonly host: string
    readonly installationId: number | undefined
  },
  now: number,
): InternalFact {
  return internalFact(
    { ...statement, event: draft.action, now },
    { ...draft, labels: { ...draft.labels, verdict } },
  )
}
