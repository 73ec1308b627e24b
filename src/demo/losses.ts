import { fullName } from './github/index.js'
import type { Entry } from './entries.js'
import type { Sent } from './perform.js'
import { DERIVED } from './present-derived.js'
import type { Settled } from './settle.js'
import { textAt, valueAt } from './story/index.js'
import type { WrittenCheck, WrittenIssue } from './watch-reactions.js'

/** All that is known when the story has been played and everything has settled. */
export interface Facts {
  readonly sent: readonly Sent[]
  readonly entries: readonly Entry[]
  readonly checks: readonly WrittenCheck[]
  readonly issues: readonly WrittenIssue[]
  readonly violations: readonly string[]
  readonly settled: Settled
  readonly verified: boolean
}

/** How many alerts the story calls for, by repository. */
const ALERTS: Readonly<Record<string, number>> = {
  // A secret in the open, protection weakened, a key that may write.
  'acme-rail/timetable-api': 3,
  'acme-rail/infra': 1,
  'acme-rail/docs-site': 1,
}

/** What was lost, a line each; empty when all is well. */
export function findLosses(facts: Facts): string[] {
  return [
    ...unacknowledged(facts),
    ...wrongInLog(facts),
    ...missingReactions(facts),
    ...missingFacts(facts),
    ...wrongInputs(facts),
    ...facts.violations.map((line) => `GitHub would have refused this: ${line}`),
    ...(facts.verified ? [] : ['The log does not verify.']),
  ]
}

function unacknowledged({ sent }: Facts): string[] {
  return sent
    .filter(({ status }) => status < 200 || status > 299)
    .map(({ delivery, status }) => {
      const answer = status === 0 ? 'was not answered' : `was answered with ${String(status)}`
      return `${delivery.event} ${delivery.guid} ${answer}.`
    })
}

/** Each delivery is in the log, and in one place: what one delivery made stands without a gap. */
function wrongInLog({ sent, entries }: Facts): string[] {
  const numbers = new Map<string, number[]>()
  for (const { seq, source } of entries) {
    if (source.kind !== 'webhook') continue
    const known = numbers.get(source.delivery_id)
    if (known) known.push(seq)
    else numbers.set(source.delivery_id, [seq])
  }
  const wrong: string[] = []
  for (const [guid, event] of eventsByGuid(sent)) {
    const found = numbers.get(guid)
    if (!found) wrong.push(`${event} ${guid} is not in the log.`)
    else if (!isRow(found)) wrong.push(`${event} ${guid} is in the log more than once.`)
    numbers.delete(guid)
  }
  for (const guid of numbers.keys()) wrong.push(`${guid} is in the log, but was never sent.`)
  return wrong
}

export function eventsByGuid(sent: readonly Sent[]): ReadonlyMap<string, string> {
  return new Map(sent.map(({ delivery }) => [delivery.guid, delivery.event]))
}

function isRow(numbers: readonly number[]): boolean {
  const [first = 0] = numbers
  return numbers.every((number, index) => number === first + index)
}

function missingReactions({ sent, checks, issues, settled }: Facts): string[] {
  const missing: string[] = []
  if (settled.open > 0) missing.push(`${String(settled.open)} jobs were not done in time.`)
  if (settled.failed > 0) missing.push(`${String(settled.failed)} jobs failed for good.`)
  const written = new Set(checks.map(({ checkRun }) => checkRun.headSha))
  for (const sha of commitsToExplain(sent).keys()) {
    if (!written.has(sha)) missing.push(`Commit ${sha.slice(0, 12)} has no check run.`)
  }
  for (const [name, wanted] of Object.entries(ALERTS)) {
    const count = issues.filter(({ repository }) => fullName(repository) === name).length
    if (count >= wanted) continue
    missing.push(`${name} has ${String(count)} alerts of ${String(wanted)}.`)
  }
  return missing
}

function missingFacts({ entries }: Facts): string[] {
  return Object.entries(DERIVED).flatMap(([action, wanted]) => {
    const count = entries.filter((entry) => entry.action === action).length
    return count < wanted ? [`${String(count)} of ${String(wanted)} ${action} were derived.`] : []
  })
}

/** The story starts each run two seconds after its dispatch: whatever was joined must be those two. */
function wrongInputs({ sent, entries }: Facts): string[] {
  const inOrder = sent.map(({ delivery }) => delivery).toSorted((one, other) => one.at - other.at)
  const dispatches = inOrder.filter(({ event }) => event === 'workflow_dispatch')
  const runs = inOrder.filter(
    ({ event, payload }) =>
      event === 'workflow_run' &&
      payload['action'] === 'requested' &&
      textAt(payload, 'workflow_run.event') === 'workflow_dispatch' &&
      valueAt(payload, 'workflow_run.run_attempt') === 1,
  )
  return runs.flatMap(({ payload }, index) => {
    const runId = valueAt(payload, 'workflow_run.id')
    const version = textAt(dispatches[index]?.payload ?? {}, 'inputs.version')
    const joined = entries.findLast(
      ({ action, ci }) => action === 'workflow_run.inputs_joined' && ci?.run_id === runId,
    )
    if (!joined || joined.ci?.inputs?.['version'] === version) return []
    return [`Run ${JSON.stringify(runId)} was given another dispatch’s inputs.`]
  })
}

/** Head SHAs that a check run is due for, and when the first delivery that calls for it was sent. */
export function commitsToExplain(sent: readonly Sent[]): ReadonlyMap<string, number> {
  const commits = new Map<string, number>()
  for (const { delivery, sentAt } of sent) {
    const sha = commitOf(delivery.event, delivery.payload)
    if (sha !== undefined && !commits.has(sha)) commits.set(sha, sentAt)
  }
  return commits
}

function commitOf(event: string, payload: Sent['delivery']['payload']): string | undefined {
  if (event === 'push' && valueAt(payload, 'deleted') !== true) return textAt(payload, 'after')
  if (event !== 'workflow_run' || payload['action'] !== 'completed') return undefined
  return textAt(payload, 'workflow_run.head_sha')
}
