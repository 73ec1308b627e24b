import type { Normaliser } from './event.js'
import { push } from './events/push.js'
import { workflowRun } from './events/workflow-run.js'

/** Every event that is read by name: a new one is one file and one line here. */
const NORMALISERS: readonly Normaliser[] = [push, workflowRun]

const BY_EVENT: ReadonlyMap<string, Normaliser> = new Map(
  NORMALISERS.map((normaliser) => [normaliser.event, normaliser]),
)

export function normaliserOf(event: string): Normaliser | undefined {
  return BY_EVENT.get(event)
}
