import type { AuditEntry } from '../domain/index.js'
import {
  entryTarget,
  settingOf,
  withdrawn,
  type Confidence,
  type DerivedFact,
  type PrincipalOf,
} from './fact.js'

/** A deployment that succeeded: the entry of its success, and of its creation where that arrived. */
export interface Deployed {
  readonly id: number | string
  readonly sha: string
  readonly success: AuditEntry
  readonly created: AuditEntry | undefined
}

/** A push as the history of one ref sees it. */
export interface PushStep {
  readonly ref: string | undefined
  readonly before: string | undefined
  readonly head: string
  /** The commits that it lists. */
  readonly commits: readonly string[]
  readonly forced: boolean
  readonly at: string
}

/**
 * Whether a deployment put an older commit in place of the one that was there.
 * @param earlier what succeeded in the same environment before it, newest first
 * @param pushes those whose heads are reached from the replaced commit backwards, and those of the deployed one
 */
export function findRollback(
  deployed: Deployed,
  earlier: readonly Deployed[],
  pushes: readonly PushStep[],
  principalOf: PrincipalOf,
): DerivedFact {
  const key = `rollback:${deployed.success.repo?.host ?? ''}:${String(deployed.id)}`
  const replaced = earlier[0]
  const age = replaced && ageOf(deployed, replaced, earlier, pushes)
  if (!age) return withdrawn(key, deployed.success, NOT_OLDER)
  return { key, ...rolledBack(deployed, replaced, age, principalOf) }
}

const NOT_OLDER = 'what is known now does not show that an older commit replaced a newer one'

interface Age {
  readonly confidence: Confidence
  readonly method: string
}

/** How the log knows that the deployed commit is an ancestor of the one that it replaced. */
function ageOf(
  deployed: Deployed,
  replaced: Deployed,
  earlier: readonly Deployed[],
  pushes: readonly PushStep[],
): Age | undefined {
  if (deployed.sha === replaced.sha) return undefined
  if (leadsBack(replaced.sha, deployed.sha, pushes)) {
    return {
      confidence: 'high',
      method: 'pushes without force lead from the deployed commit to the one that it replaced',
    }
  }
  const wasThere = earlier.some(({ sha }) => sha === deployed.sha)
  if (!wasThere || !wasPushedBefore(deployed.sha, replaced.sha, pushes)) return undefined
  return {
    confidence: 'medium',
    method:
      'the commit was deployed here before, and was pushed to the same ref before the one that it replaced',
  }
}

/** Steps back over pushes at most; farther than that nobody rolls back. */
export const MOST_STEPS = 50

function leadsBack(from: string, to: string, pushes: readonly PushStep[]): boolean {
  let head: string | undefined = from
  for (let step = 0; step < MOST_STEPS && head !== undefined; step += 1) {
    const at: string = head
    const push = pushes.find((one) => one.head === at && !one.forced)
    if (!push) return false
    if (push.before === to || push.commits.slice(0, -1).includes(to)) return true
    head = push.before
  }
  return false
}

function wasPushedBefore(one: string, other: string, pushes: readonly PushStep[]): boolean {
  return pushes.some(
    (earlier) =>
      earlier.head === one &&
      pushes.some(
        (later) => later.head === other && later.ref === earlier.ref && later.at > earlier.at,
      ),
  )
}

function rolledBack(
  { id, sha, success, created }: Deployed,
  replaced: Deployed,
  { confidence, method }: Age,
  principalOf: PrincipalOf,
): Omit<DerivedFact, 'key'> {
  const who = created ?? success
  const { environment, ref, run_id, run_attempt, workflow } = { ...success.ci, ...created?.ci }
  return {
    verdict: `${replaced.sha} ${confidence}`,
    draft: {
      ...settingOf(success),
      occurred_at: success.occurred_at,
      action: 'deployment.rolled_back',
      outcome: 'success',
      actor: principalOf(who.actor),
      on_behalf_of: who.on_behalf_of?.map(principalOf),
      attribution: { confidence: 'derived', method: `${who.attribution.method}; ${method}` },
      targets: [
        { type: 'deployment', id, name: environment, url: success.targets[0]?.url },
        entryTarget(success),
      ],
      ci: {
        workflow,
        run_id,
        run_attempt,
        environment,
        ref,
        before_sha: replaced.sha,
        head_sha: sha,
      },
      changes: [{ path: 'sha', before: replaced.sha, after: sha }],
      links: success.links,
      labels: { rollback: true, match: confidence, of_seq: success.seq },
    },
  }
}
