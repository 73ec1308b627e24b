import type { DeploymentReview, DeploymentState } from '../../../core/state/index.js'
import { printable } from '../../../platform/index.js'
import { who } from '../entry.js'
import { moment, outcomeStyle, pair, remark, type Look, type Pair } from '../look.js'
import { pairs } from '../table.js'

export function deploymentText(one: DeploymentState, look: Look): string {
  const { bold, dim, styles } = { ...look.styles, styles: look.styles }
  const state = outcomeStyle(one.outcome, styles)(printable(one.state))
  const head = `${bold(`Deployment ${String(one.id)}`)}  ${state}${standingOf(one)}`
  const people = one.onBehalfOf.length > 0 ? ` for ${one.onBehalfOf.map(who).join(' → ')}` : ''
  const known = `${one.attribution.confidence}: ${printable(one.attribution.method)}`
  const rows: Pair[] = [
    ...pair('Where', one.repo?.name),
    ...pair('Environment', one.environment),
    ...pair('Commit', one.sha),
    ...pair('On', one.ref),
    ['Who', `${who(one.actor)}${people} (${known})`],
    ...pair('When', moment(one.createdAt, look)),
    ...pair('Description', one.description),
    ...pair('Run', runOf(one)),
    ...rollbackOf(one),
    ...lines(
      'Reviews',
      one.reviews.map((review) => reviewLine(review, look)),
    ),
    ...lines('Statuses', statusLines(one, look)),
    ...pair('Page', one.url),
  ]
  return `${head}\n\n${pairs(rows, dim)}`
}

/** One line of a run's story. */
export function deploymentLine(one: DeploymentState, { styles }: Look): string {
  const state = outcomeStyle(one.outcome, styles)(printable(one.state))
  const back = one.rollback ? ', a rollback' : ''
  return `${printable(one.environment ?? '(no environment)')}: ${state}${standingOf(one)}${back}  ${styles.dim(`hooktrail state deployment ${String(one.id)}`)}`
}

/** What somebody who may let a job deploy said. */
export function reviewLine(review: DeploymentReview, look: Look): string {
  const { verdict, actor, at, environments, comment, ownRun, reviewers } = review
  const where = environments.map(printable).join(', ')
  const own = ownRun ? ', of their own run' : ''
  const time = look.styles.dim(moment(at, look) ?? '')
  if (verdict !== 'requested') {
    return `${who(actor)} ${verdict} ${where}${own}${remark(comment)}  ${time}`
  }
  const asked = reviewers.map((name) => (name === null ? '(erased)' : printable(name))).join(', ')
  return `${where} waited for ${asked === '' ? 'a review' : asked}  ${time}`
}

function standingOf({ standing, supersededBy }: DeploymentState): string {
  if (standing === undefined) return ''
  return supersededBy === undefined
    ? `, ${standing}`
    : `, superseded by deployment ${String(supersededBy)}`
}

function runOf({ runId, runAttempt, workflow }: DeploymentState): string | undefined {
  if (runId === undefined) return undefined
  const attempt = runAttempt === undefined ? '' : `, attempt ${String(runAttempt)}`
  return `${workflow ?? ''} ${String(runId)}${attempt}`.trim()
}

function rollbackOf({ rollback }: DeploymentState): Pair[] {
  if (!rollback) return []
  const from = rollback.from === undefined ? '' : `in place of the newer ${rollback.from}; `
  return pair(
    'Rollback',
    `${from}${rollback.confidence ?? 'medium'} confidence: ${rollback.method}`,
  )
}

function statusLines({ statuses }: DeploymentState, look: Look): string[] {
  return statuses.map(({ state, outcome, at, actor, description }) => {
    const verdict = outcomeStyle(outcome, look.styles)(printable(state))
    return `${verdict} by ${who(actor)}${remark(description)}  ${look.styles.dim(moment(at, look) ?? '')}`
  })
}

function lines(name: string, texts: readonly string[]): Pair[] {
  return texts.length === 0 ? [] : [[name, texts.join('\n')]]
}
