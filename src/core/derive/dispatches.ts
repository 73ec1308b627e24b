import { personal, type AuditEntry, type CiContext, type DraftText } from '../domain/index.js'
import {
  entryTarget,
  isSameSubject,
  secondsBetween,
  settingOf,
  withdrawn,
  type Confidence,
  type DerivedFact,
  type PrincipalOf,
} from './fact.js'

/** A dispatch and the run that it starts are at most so many seconds apart. */
export const DISPATCH_WINDOW = 300

/**
 * How far apart a dispatch and a run are. A dispatch says no time of its own, only its arrival is known: so what was held up
 * on the way arrives long after its run was made, but beside that run if the run was held up too.
 */
interface Distance {
  readonly seconds: number
  /** Whether the run's own time is as near, or only its arrival. */
  readonly byArrivalOnly: boolean
}

interface Match {
  readonly dispatch: AuditEntry
  readonly confidence: Confidence
  readonly isOnly: boolean
}

/** All that may have to do with some runs: other runs may be nearer to a dispatch. */
interface Around {
  /** `workflow_run.requested` of dispatched runs. */
  readonly runs: readonly AuditEntry[]
  /** `workflow.dispatched`. */
  readonly dispatches: readonly AuditEntry[]
}

/**
 * The inputs of dispatches joined to the runs that they started. GitHub does not say which belong together: repository,
 * workflow, ref and sender must be the same, and each must be the other's nearest in time. Where only arrivals are near, as
 * after an outage, the confidence is `medium`.
 * @returns for each run its inputs, or the word that it has none
 */
export function joinDispatches(
  runs: readonly AuditEntry[],
  around: Around,
  principalOf: PrincipalOf,
): DerivedFact[] {
  return runs.flatMap((run) => {
    const match = matchOf(run, around)
    if (match) return [joined(run, match, principalOf)]
    // Of a run that was read again the arrival is not at hand, so nothing speaks against what was said before.
    return isReread(run) ? [] : [withdrawn(keyOf(run), run, NEARER)]
  })
}

const NEARER = 'another run is nearer to the dispatch that was joined to this one'

function isReread({ source }: AuditEntry): boolean {
  return source.kind === 'reprocess'
}

function keyOf({ repo, ci }: AuditEntry): string {
  return `inputs:${repo?.host ?? ''}:${String(ci?.run_id)}`
}

function matchOf(run: AuditEntry, { runs, dispatches }: Around): Match | undefined {
  const fitting = dispatches.filter((dispatch) => fits(dispatch, run))
  const dispatch = nearest(fitting, (one) => distance(one, run))
  if (!dispatch) return undefined
  const rivals = runs.filter((other) => fits(dispatch, other))
  if (nearest(rivals, (other) => distance(dispatch, other))?.id !== run.id) return undefined
  const isOnly = fitting.length === 1 && rivals.length === 1
  const isCertain = isOnly && !distance(dispatch, run).byArrivalOnly
  return { dispatch, confidence: isCertain ? 'high' : 'medium', isOnly }
}

function fits(dispatch: AuditEntry, run: AuditEntry): boolean {
  return (
    isSameWorkflow(dispatch.ci, run.ci) &&
    isSameSubject(dispatch.actor, run.actor) &&
    distance(dispatch, run).seconds <= DISPATCH_WINDOW
  )
}

function distance(dispatch: AuditEntry, run: AuditEntry): Distance {
  const byTime = secondsBetween(dispatch, run)
  const byArrival = secondsBetween(dispatch, { occurred_at: run.recorded_at })
  const byArrivalOnly = byTime > DISPATCH_WINDOW
  return { seconds: byArrivalOnly ? byArrival : byTime, byArrivalOnly }
}

type Ci = AuditEntry['ci']

function isSameWorkflow(one: Ci, other: Ci): boolean {
  const path = one?.workflow_path
  if (path === undefined || path !== other?.workflow_path) return false
  return shortRef(one?.ref) === shortRef(other.ref)
}

/** Of a dispatched run GitHub gives the short name, which may be a branch's or a tag's. */
function shortRef(ref: string | undefined): string {
  return (ref ?? '').replace(/^refs\/(?:heads|tags)\//, '')
}

function nearest(
  among: readonly AuditEntry[],
  distanceOf: (entry: AuditEntry) => Distance,
): AuditEntry | undefined {
  return among.toSorted((one, other) => {
    const [a, b] = [distanceOf(one), distanceOf(other)]
    // What is near by its own time comes first, whatever arrived beside it.
    const byKind = Number(a.byArrivalOnly) - Number(b.byArrivalOnly)
    return byKind || a.seconds - b.seconds || (one.id < other.id ? -1 : 1)
  })[0]
}

function joined(
  run: AuditEntry,
  { dispatch, confidence, isOnly }: Match,
  principalOf: PrincipalOf,
): DerivedFact {
  const { seconds: exact, byArrivalOnly } = distance(dispatch, run)
  const seconds = Math.round(exact)
  const { workflow, workflow_path, run_id, run_number, event, ref, head_sha } = run.ci ?? {}
  const apart = `${String(seconds)} s apart${byArrivalOnly ? ' by their arrival alone' : ''}`
  const only = isOnly ? 'no other fits' : 'others fit too, none is nearer'
  return {
    key: keyOf(run),
    verdict: `${dispatch.id} ${confidence}`,
    draft: {
      ...settingOf(run),
      occurred_at: run.occurred_at,
      action: 'workflow_run.inputs_joined',
      outcome: 'success',
      actor: principalOf(dispatch.actor),
      attribution: {
        confidence: 'derived',
        method: `repository, workflow, ref and sender of the dispatch, ${apart}; ${only}`,
      },
      targets: [
        { type: 'workflow_run', id: run_id, name: workflow, url: run.targets[0]?.url },
        entryTarget(dispatch),
      ],
      ci: {
        workflow,
        workflow_path,
        run_id,
        run_number,
        event,
        ref,
        head_sha,
        inputs: sealedAgain(dispatch.ci?.inputs),
      },
      links: run.links,
      labels: { match: confidence, match_seconds: seconds, dispatch_seq: dispatch.seq },
    },
  }
}

/** As in the dispatch: the text of whoever sent it. What was erased there does not come back here. */
function sealedAgain(
  inputs: CiContext<string | null>['inputs'],
): Record<string, DraftText> | undefined {
  const kept = Object.entries(inputs ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [[name, personal(value)] as const],
  )
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
