import type { AttemptState, JobState, RunState } from '../../core/state/index.js'
import type { RunStory } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { who } from './entry.js'
import type { Style, Styles } from './style.js'
import { pairs } from './table.js'
import { spanOf, when } from './times.js'

export interface Look {
  readonly now: number
  readonly utc: boolean
  readonly styles: Styles
}

/** What happened in a run, attempt by attempt, for a terminal. */
export function runStory({ run, entries }: RunStory, look: Look): string {
  const { bold, dim } = look.styles
  const number = run.runNumber === undefined ? '' : ` #${String(run.runNumber)}`
  const title = run.title === null ? '(erased)' : run.title
  const head = [bold(printable(`${run.workflow}${number}`)), printable(title ?? '')]
  const facts = pairs([...placeOf(run), ...commitOf(run)], dim)
  const attempts = run.attempts.map((attempt) => attemptText(run, attempt, look))
  const foot = dim(`${String(entries)} entries: hooktrail search run:${String(run.runId)}`)
  return `${head.filter((text) => text !== '').join('  ')}\n\n${facts}\n${attempts.join('\n')}\n${foot}\n`
}

type Pair = readonly [string, string]

function placeOf({ repo, workflowPath, url }: RunState): Pair[] {
  return [...pair('Where', repo?.name), ...pair('Workflow', workflowPath), ...pair('Page', url)]
}

function commitOf({ event, ref, headSha, headRepo, pullRequests }: RunState): Pair[] {
  const fork = headRepo === undefined ? '' : ` of ${headRepo.name}, another repository`
  const pulls = pullRequests.map((number) => `#${String(number)}`).join(', ')
  return [
    ...pair('Started by', event),
    ...pair('On', ref === undefined ? undefined : `${ref}${fork}`),
    ...pair('Commit', headSha),
    ...pair('Pull requests', pulls),
  ]
}

function pair(name: string, text: string | undefined): Pair[] {
  return text === undefined || text === '' ? [] : [[name, printable(text)]]
}

function attemptText(run: RunState, attempt: AttemptState, look: Look): string {
  const { bold, dim } = look.styles
  const verdict = outcomeStyle(attempt.outcome, look.styles)(verdictOf(attempt))
  const moments = [
    attempt.startedAt && when(attempt.startedAt, look.now, look.utc ? 'UTC' : undefined),
    lasting(attempt),
  ].filter((text) => text !== undefined)
  const head = `${bold(`Attempt ${String(attempt.attempt)}`)}  ${verdict}  ${dim(moments.join(', '))}`
  const lines = [starterText(run, attempt), ...attempt.jobs.flatMap((job) => jobLines(job, look))]
  return (
    [head.trimEnd(), ...lines].map((line, index) => (index === 0 ? line : `  ${line}`)).join('\n') +
    '\n'
  )
}

function verdictOf({
  status,
  outcome,
  conclusion,
}: AttemptState | (JobState & { conclusion?: string })): string {
  if (status !== 'completed') return status.replace('_', ' ')
  return conclusion === undefined || conclusion === outcome
    ? outcome
    : `${outcome} (${printable(conclusion)})`
}

const AGAIN = { all: 'all jobs', failed: 'the failed jobs', some: 'some jobs' }

/** Who started it, with whose rights, and how we know. */
function starterText({ attempts }: RunState, attempt: AttemptState): string {
  const { actor, onBehalfOf, jobsRunAgain, attribution } = attempt
  const first = onBehalfOf[0] ?? attempts.find((one) => one.attempt === 1)?.actor
  const known = `${attribution.confidence}: ${printable(attribution.method)}`
  if (attempt.attempt === 1) return `${who(actor)} started it (${known})`
  const what = jobsRunAgain === undefined ? 'it' : AGAIN[jobsRunAgain]
  const rights = first === undefined ? '' : `, with the rights of ${who(first)}`
  return `${who(actor)} ran ${what} again${rights} (${known})`
}

function jobLines(job: JobState, { styles }: Look): string[] {
  const { name, environment, runner } = job
  const facts = [
    lasting(job),
    environment && `environment ${printable(environment)}`,
    runner?.name && `on ${printable(runner.name)}`,
  ].filter((text) => text !== undefined && text !== '')
  const verdict = outcomeStyle(job.outcome, styles)(verdictOf(job))
  const tail = facts.length === 0 ? '' : `  ${styles.dim(facts.join(', '))}`
  return [`${printable(name)}: ${verdict}${tail}`, ...stepLines(job)]
}

/** Steps that did not simply succeed. */
function stepLines({ steps }: JobState): string[] {
  return steps
    .filter(({ conclusion }) => conclusion !== 'success')
    .map(({ name, conclusion }) => `  step ${printable(conclusion)}: ${printable(name)}`)
}

function lasting({
  startedAt,
  completedAt,
}: {
  startedAt?: string | undefined
  completedAt?: string | undefined
}): string | undefined {
  if (startedAt === undefined || completedAt === undefined) return undefined
  const ms = Date.parse(completedAt) - Date.parse(startedAt)
  return ms >= 0 ? `took ${spanOf(ms / 1000)}` : undefined
}

function outcomeStyle(outcome: string, { red, green, yellow }: Styles): Style {
  if (outcome === 'success') return green
  return ['failure', 'timeout', 'error'].includes(outcome) ? red : yellow
}
