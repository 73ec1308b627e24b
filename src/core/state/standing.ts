import { groupBy, type AuditEntry, type HostedName, type Outcome } from '../domain/index.js'
import { newestFacts } from './facts.js'
import { hostOf, labelText, targetId } from './order.js'

/** Whether a deployment is what is there, and whether it took things back. */
export interface Standing {
  /** Absent for one that never succeeded: it did not come to stand there. */
  readonly standing?: 'current' | 'superseded' | 'inactive' | undefined
  /** The deployment that took its place. */
  readonly supersededBy?: number | undefined
  /** That it put an older commit in place of a newer one. */
  readonly rollback?: Rollback | undefined
}

export interface Rollback {
  /** The commit that was there. */
  readonly from?: string | undefined
  readonly confidence?: string | undefined
  readonly method: string
}

interface Judged {
  readonly host: string
  readonly id: number
  readonly repo?: HostedName | undefined
  readonly environment?: string | undefined
  readonly state: string
  readonly statuses: readonly { readonly outcome: Outcome; readonly at: string }[]
}

/** For each deployment, in the same order. */
export function standings(
  deployments: readonly Judged[],
  entries: readonly AuditEntry[],
): Standing[] {
  const places = groupBy(deployments, ({ host, repo, environment }) =>
    JSON.stringify([host, repo?.id, environment]),
  )
  const successors = new Map<Judged, Judged | undefined>()
  for (const there of places.values()) {
    const succeeded = there.filter((one) => succeededAt(one) !== '').sort(bySuccess)
    for (const [index, one] of succeeded.entries()) successors.set(one, succeeded[index + 1])
  }
  const rollbacks = rollbacksIn(entries)
  return deployments.map((one) => ({
    ...standingOf(one, successors),
    rollback: rollbacks.get(`${one.host} ${String(one.id)}`),
  }))
}

function standingOf(
  one: Judged,
  successors: ReadonlyMap<Judged, Judged | undefined>,
): Pick<Standing, 'standing' | 'supersededBy'> {
  if (!successors.has(one)) return {}
  const successor = successors.get(one)
  if (successor) return { standing: 'superseded', supersededBy: successor.id }
  return { standing: one.state === 'inactive' ? 'inactive' : 'current' }
}

function succeededAt({ statuses }: Judged): string {
  return statuses.findLast(({ outcome }) => outcome === 'success')?.at ?? ''
}

function bySuccess(one: Judged, other: Judged): number {
  const [at, otherAt] = [succeededAt(one), succeededAt(other)]
  if (at === otherAt) return one.id - other.id
  return at < otherAt ? -1 : 1
}

function rollbacksIn(entries: readonly AuditEntry[]): Map<string, Rollback> {
  const found = new Map<string, Rollback>()
  for (const newest of newestFacts(entries, 'rollback')) {
    const id = targetId(newest, 'deployment')
    if (newest.action !== 'deployment.rolled_back' || id === undefined) continue
    found.set(`${hostOf(newest)} ${String(id)}`, {
      from: newest.ci?.before_sha,
      confidence: labelText(newest, 'match'),
      method: newest.attribution.method,
    })
  }
  return found
}
