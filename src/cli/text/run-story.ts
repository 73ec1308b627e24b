import type { AttemptState, JobState, RunState } from '../../core/state/index.js'
import type { RunStory } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { who } from './entry.js'
import { moment, outcomeStyle, pair, remark, type Look, type Pair } from './look.js'
import { deploymentLine, reviewLine } from './state/deployment.js'
import { pairs } from './table.js'
import { spanOf } from './times.js'

/** What happened in a run, attempt by attempt, for a terminal. */
export function runStory(story: RunStory, look: Look): string {
  const { run, entries } = story
  const { bold, dim } = look.styles
  const number = run.runNumber === undefined ? '' : ` #${String(run.runNumber)}`
  const title = run.title === null ? '(erased)' : run.title
  const head = [bold(printable(`${run.workflow}${number}`)), printable(title ?? '')]
  const facts = pairs([...placeOf(run), ...commitOf(run), ...aroundOf(story, look)], dim)
  const attempts = run.attempts.map((attempt) => attemptText(run, attempt, look))
  const foot = dim(`${String(entries)} entries: hooktrail search run:${String(run.runId)}`)
  return `${head.filter((text) => text !== '').join('  ')}\n\n${facts}\n${attempts.join('\n')}\n${foot}\n`
}

/** What it was started with, who let it deploy, and what it deployed. */
function aroundOf({ inputs, reviews, deployments }: RunStory, look: Look): Pair[] {
  const found: Pair[] = []
  if (inputs) {
    const { values, confidence, method } = inputs
    const given = Object.entries(values).map(
      ([name, value]) => `${printable(name)}${remark(value)}`,
    )
    const none = given.length === 0 ? ['none'] : given
    const known = `${printable(confidence)} confidence: ${printable(method)}`
    found.push(['Inputs', [...none, look.styles.dim(known)].join('\n')])
  }
  const lines = reviews.map((review) => reviewLine(review, look))
  if (lines.length > 0) found.push(['Reviews', lines.join('\n')])
  const deployed = deployments.map((one) => deploymentLine(one, look))
  if (deployed.length > 0) found.push(['Deployments', deployed.join('\n')])
  return found
}

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

function attemptText(run: RunState, attempt: AttemptState, look: Look): string {
  const { bold, dim } = look.styles
  const verdict = outcomeStyle(attempt.outcome, look.styles)(verdictOf(attempt))
  const moments = [moment(attempt.startedAt, look), lasting(attempt)].filter(
    (text) => text !== undefined,
  )
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
