import { groupBy, SEVERITIES } from '../core/domain/index.js'
import type { Entry } from './entries.js'
import { fullName } from './github/index.js'
import { commitsToExplain, eventsByGuid, type Facts } from './losses.js'
import { COLUMNS, fit, plainMarkdown, wrap, type Paints } from './terminal.js'
import type { WrittenCheck, WrittenIssue } from './watch-reactions.js'

/** Everything that is printed at the end, section by section. Payload text is made printable here. */
export function presentRecord({ entries, sent }: Facts, { bold }: Paints): string {
  const unique = eventsByGuid(sent).size
  const lines = [
    bold(`Recorded: ${String(entries.length)} entries from ${String(unique)} deliveries`) +
      again(sent.length - unique),
  ]
  for (const [category, of] of grouped(entries, (entry) => entry.category)) {
    const actions = grouped(of, (entry) => entry.action)
    const named = actions.map(([action, some]) => `${action} ${String(some.length)}`).join(', ')
    const head = `  ${category.padEnd(10)} ${String(of.length).padStart(4)}  `
    lines.push(fit(head + named, COLUMNS))
  }
  return lines.join('\n')
}

function again(count: number): string {
  return count === 0 ? '' : ` (${String(count)} came twice)`
}

/** Groups by a key, the largest first. */
function grouped(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
): [key: string, entries: Entry[]][] {
  return [...groupBy(entries, keyOf)].toSorted(([, a], [, b]) => b.length - a.length)
}

/** Where and by whom the story's attack was done. */
export const ATTACK = { actor: 'raj-contracting', repo: 'acme-rail/timetable-api' } as const

/** One line of the attack: an entry, and when GitHub told of it. */
interface Moment {
  readonly entry: Entry
  /** Milliseconds since 1970. Not every event says when it happened; the story knows. */
  readonly at: number
}

/** From the first thing that the taken account does until the team is done, builds and noise left out. */
export function attackEntries({ entries, sent }: Facts): Moment[] {
  const times = new Map(sent.map(({ delivery }) => [delivery.guid, delivery.at]))
  const moments = entries
    .filter(({ repo, category }) => repo?.name === ATTACK.repo && TELLING.has(category))
    .filter(({ action }) => !action.endsWith('_reported'))
    .map((entry) => ({
      entry,
      at: times.get(entry.source.delivery_id) ?? Date.parse(entry.occurred_at),
    }))
    .toSorted((a, b) => a.at - b.at || a.entry.seq - b.entry.seq)
  const begin = moments.findIndex(({ entry }) => entry.actor.login === ATTACK.actor)
  return begin === -1 ? [] : moments.slice(begin)
}

/** What of the attack is worth a line: not builds, not what other Apps report, not that it was told of. */
const TELLING = new Set(['source', 'pipeline', 'secret', 'security', 'setting', 'access'])

/** The night of the attack and the morning after, as the log has it. */
export function presentAttack(facts: Facts, { bold, red }: Paints): string {
  const lines = [bold(`The attack on ${ATTACK.repo}, as the log has it`)]
  for (const { entry, at } of attackEntries(facts)) {
    const time = new Date(at).toISOString().slice(11, 16)
    const severity = (SEVERITIES[entry.severity] ?? '').padEnd(8)
    const target = entry.targets.map(({ name }) => name ?? '').find((name) => name !== '') ?? ''
    const words = [fit(entry.action, 24).padEnd(24), fit(target, 19).padEnd(19)]
    const rest = `${words.join(' ')} ${fit(entry.actor.login ?? '–', 16)}`
    lines.push(`  ${time}  ${entry.severity >= 3 ? red(severity) : severity} ${rest}`)
  }
  return lines.join('\n')
}

export function presentAlerts({ issues }: Facts, { bold }: Paints): string {
  const lines = [bold(`Alerts: ${String(issues.length)} issues`)]
  for (const { repository, issue } of issues) {
    const where = `${fullName(repository)} #${String(issue.number)}`
    lines.push(fit(`  ${where}  ${issue.title}`, COLUMNS))
  }
  return lines.join('\n')
}

/** One check run in full, as a developer finds it beside the commit. */
export function presentCheckRun(
  { checks }: Facts,
  shown: WrittenCheck | undefined,
  { bold, dim }: Paints,
): string {
  const lines = [bold(`Check runs: ${String(checks.length)} written, one on each commit`)]
  if (!shown) return lines.join('\n')
  const { repository, checkRun } = shown
  const { title, summary, text } = checkRun.output
  const where = `${fullName(repository)} @ ${checkRun.headSha.slice(0, 12)}`
  const rule = dim(`  ${'─'.repeat(COLUMNS - 4)}`)
  lines.push(`  The one on ${where}:`, rule)
  lines.push(...indent(`${checkRun.name} · ${checkRun.conclusion ?? ''}`, 2))
  lines.push(...indent(title ?? '', 2), '')
  lines.push(...indent(plainMarkdown(summary ?? ''), 2))
  if (text !== null) lines.push('', ...indent(plainMarkdown(text), 2))
  lines.push(rule)
  return lines.join('\n')
}

/** The check run on the commit that the attack pushed to the default branch. */
export function attackCheckRun({ checks, sent }: Facts): WrittenCheck | undefined {
  const push = sent.find(({ delivery: { event, payload } }) => {
    const sender = payload['sender']
    const login = typeof sender === 'object' && sender !== null && 'login' in sender && sender.login
    return event === 'push' && payload['ref'] === 'refs/heads/main' && login === ATTACK.actor
  })
  return checks.find(({ checkRun }) => checkRun.headSha === push?.delivery.payload['after'])
}

export function attackIssue({ issues }: Facts): WrittenIssue | undefined {
  return issues.find(({ repository }) => fullName(repository) === ATTACK.repo)
}

export function presentTimes(
  { sent, checks }: Facts,
  { startedInMs, checkDelayMs }: { readonly startedInMs: number; readonly checkDelayMs: number },
  { bold }: Paints,
): string {
  const due = commitsToExplain(sent)
  const toCheck: number[] = []
  for (const { checkRun, seenAt } of checks) {
    const sentAt = due.get(checkRun.headSha)
    if (sentAt !== undefined) toCheck.push(seenAt - sentAt)
  }
  const waits = `of it ${String(checkDelayMs)} ms to gather what belongs together`
  return [
    bold('Times'),
    `  first start, database made     ${(startedInMs / 1000).toFixed(1)} s`,
    `  acknowledging a delivery       ${spread(sent.map(({ durationMs }) => durationMs))}`,
    `  from delivery to check run     ${spread(toCheck)}`,
    `                                 ${waits}`,
  ].join('\n')
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (part: number): string => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]
    return value === undefined ? '–' : `${String(Math.round(value))} ms`
  }
  return `p50 ${at(0.5)}, p99 ${at(0.99)}`
}

export function presentVerification(output: string, { bold, dim }: Paints): string {
  const command = dim('hooktrail verify')
  return [`${bold('Verified')}  ${command}`, ...indent(output, 2)].join('\n')
}

export function presentLosses(losses: readonly string[], { red, green }: Paints): string {
  if (losses.length === 0) return green('Nothing was lost.')
  const some = losses.slice(0, 20)
  const more = losses.length - some.length
  const rest = more > 0 ? [`  and ${String(more)} more`] : []
  const lines = some.flatMap((loss) => indent(loss, 2))
  return [red(`LOST (${String(losses.length)}):`), ...lines, ...rest].join('\n')
}

function indent(text: string, by: number): string[] {
  return wrap(text, COLUMNS - by).map((line) => (line === '' ? '' : ' '.repeat(by) + line))
}
