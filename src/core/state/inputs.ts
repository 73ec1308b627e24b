import type { AuditEntry, EntryPrincipal } from '../domain/index.js'
import { newestFacts } from './facts.js'
import { labelText } from './order.js'

/** What a run was dispatched with. GitHub does not say which dispatch started which run: the two were joined. */
export interface RunInputs {
  readonly runId: number
  /** By name; `null` if it was erased. Empty for a dispatch without inputs. */
  readonly values: Readonly<Record<string, string | null>>
  /** Who dispatched it. */
  readonly actor: EntryPrincipal
  /** `high`: no other dispatch or run fits; `medium`: others fit too and none is nearer, or only their arrivals are near. */
  readonly confidence: string
  readonly method: string
}

/** For each run whose dispatch is known; a match that does not hold any more is left out. */
export function foldInputs(entries: readonly AuditEntry[]): RunInputs[] {
  return newestFacts(entries, 'inputs').flatMap((entry) => {
    const { run_id: runId, inputs = {} } = entry.ci ?? {}
    if (entry.action !== 'workflow_run.inputs_joined' || runId === undefined) return []
    const { actor, attribution } = entry
    const confidence = labelText(entry, 'match') ?? 'medium'
    return [{ runId, values: inputs, actor, confidence, method: attribution.method }]
  })
}
