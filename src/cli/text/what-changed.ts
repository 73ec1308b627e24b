import {
  SEVERITIES,
  type ReportChange,
  type ReportPerson,
  type ReportWindow,
  type ReportWindowPush,
} from '../../core/domain/index.js'
import { changeSentence } from '../../core/workflows/index.js'
import type { WhatChanged } from '../../ledger/index.js'
import { printable } from '../../platform/index.js'
import { moment, outcomeStyle, type Look } from './look.js'

/** One run: which, since when, and what, nearest first. */
export function whatChangedText({ repo, run, window }: WhatChanged, look: Look): string {
  const { bold, dim } = look.styles
  const number = run.runNumber === undefined ? '' : ` #${String(run.runNumber)}`
  const outcome = outcomeStyle(run.outcome, look.styles)(run.outcome)
  const where = run.ref === undefined ? '' : ` on ${printable(run.ref)}`
  const lines = [
    `${bold(printable(`${run.workflow}${number}`))}${where} in ${printable(repo.name)}: ${outcome}`,
    dim(sinceWords(window, look)),
    ...linesOf(window, look),
  ]
  return `${lines.join('\n')}\n`
}

function sinceWords({ lastGreen, opens }: ReportWindow, look: Look): string {
  if (!lastGreen) return `no earlier green run is known: since ${moment(opens, look) ?? ''}`
  const number = lastGreen.runNumber === undefined ? '' : ` #${String(lastGreen.runNumber)}`
  return `since green run${number} at ${lastGreen.headSha.slice(0, 7)}, ${moment(lastGreen.at, look) ?? ''}`
}

/** Pushes and changes together, in the order of time, newest first. */
function linesOf({ pushes = [], changes, more }: ReportWindow, look: Look): string[] {
  const told = [
    ...pushes.map((push) => ({ at: push.at, lines: pushLines(push, look) })),
    ...changes.map((change) => ({ at: change.at, lines: changeLines(change, look) })),
  ]
  told.sort((one, other) => (one.at < other.at ? 1 : -1))
  const rest = more > 0 ? [`  and ${String(more)} more`] : []
  if (told.length === 0) return ['  nothing that the log knows of']
  return [...told.flatMap(({ lines }) => lines), ...rest]
}

function pushLines(push: ReportWindowPush, look: Look): string[] {
  const authors =
    push.authors.length === 0
      ? ''
      : `, written by ${push.authors.map((name) => printable(name)).join(', ')}`
  const verb = push.forced ? look.styles.yellow('force-pushed') : 'pushed'
  const commits = `${String(push.commits)} ${push.commits === 1 ? 'commit' : 'commits'}`
  return line(
    push,
    `${personWords(push.actor)} ${verb} ${commits} (${push.headSha.slice(0, 7)})${authors}`,
    look,
  )
}

function changeLines(change: ReportChange, look: Look): string[] {
  const title = change.finding?.title ?? (change.weakens ? 'weakened' : undefined)
  const judged = title === undefined ? '' : `${look.styles.red(printable(title))}: `
  const target = change.target === undefined ? '' : ` ${printable(change.target)}`
  const head = line(
    change,
    `${judged}${printable(change.action)}${target}, by ${personWords(change.actor)}`,
    look,
  )
  return [...head, ...definitionLines(change, look)]
}

function line(
  {
    at,
    seq,
    url,
  }: { readonly at: string; readonly seq: number; readonly url?: string | undefined },
  words: string,
  look: Look,
): string[] {
  const { dim } = look.styles
  const when = moment(at, look) ?? ''
  const page = url === undefined ? '' : dim(`      ${printable(url)}`)
  return [`  ${dim(when)}  ${words} ${dim(`[${String(seq)}]`)}`, ...(page === '' ? [] : [page])]
}

function definitionLines({ definition }: ReportChange, { styles }: Look): string[] {
  if (!definition) return []
  if (definition.state === 'unknown') {
    return [
      styles.dim(
        `      what changed in it is not known (${definition.reason.replaceAll('_', ' ')})`,
      ),
    ]
  }
  if (definition.changes.length === 0) return ['      only layout or comments']
  return definition.changes.map((change) => {
    const sentence = changeSentence(change, (text) => `“${printable(text)}”`)
    return `      ${SEVERITIES[change.severity]}: ${sentence}`
  })
}

function personWords({ type, login }: ReportPerson): string {
  if (login === null) return 'somebody who was erased'
  return login === undefined
    ? type === 'system'
      ? 'GitHub'
      : 'somebody unknown'
    : printable(login)
}
